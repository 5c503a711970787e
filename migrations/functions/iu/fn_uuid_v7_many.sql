create or replace function dot.fn_uuid_v7_many(p_count int) returns uuid[]
language sql volatile parallel safe set search_path = dot, pg_temp
as $$
  with now as materialized (
    select (extract(epoch from clock_timestamp()) * 1000)::bigint as ms
  )
  -- A random UUID has the variant bits already; the first eight bytes become time, version and counter.
  select coalesce(array_agg(encode(overlay(uuid_send(gen_random_uuid())
           placing substring(int8send(now.ms + n / 4096) from 3) || int2send((28672 + n % 4096)::int2) from 1 for 8), 'hex')::uuid
           order by n), '{}')
    from now, generate_series(0, p_count - 1) n
$$;
comment on function dot.fn_uuid_v7_many(int) is
  'p_count new UUIDs version 7 in ascending order (RFC 9562, section 6.2, method 1: a 12-bit counter that carries over into the milliseconds), for set-based inserts, where one function call per row would cost more than the row.';
