create or replace function dot.fn_uuid_v7_many(p_count int) returns uuid[]
language sql volatile parallel safe set search_path = dot, pg_temp
as $$
  select coalesce(array_agg(encode(
    set_bit(set_bit(
      overlay(uuid_send(gen_random_uuid())
        placing substring(int8send((extract(epoch from clock_timestamp()) * 1000)::bigint) from 3)
        from 1 for 6),
      52, 1), 53, 1),
    'hex')::uuid), '{}')
  from generate_series(1, p_count)
$$;
comment on function dot.fn_uuid_v7_many(int) is
  'p_count new UUIDs version 7 (RFC 9562), for set-based inserts, where one function call per row would cost more than the row.';
