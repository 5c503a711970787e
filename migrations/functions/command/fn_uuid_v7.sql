-- RFC 9562, version 7: 48 bits of Unix milliseconds, then the version, then random bits, so that keys are made in time order.
create or replace function dot.fn_uuid_v7() returns uuid
language sql volatile parallel safe set search_path = dot, pg_temp
as $$
  select encode(
    set_bit(set_bit(
      overlay(uuid_send(gen_random_uuid())
        placing substring(int8send(floor(extract(epoch from clock_timestamp()) * 1000)::bigint) from 3)
        from 1 for 6),
      52, 1), 53, 1),
    'hex')::uuid
$$;
comment on function dot.fn_uuid_v7() is 'A new UUID version 7 (RFC 9562): sorts by the millisecond it was made in.';
