create or replace function dot.fn_uuid_v7_many(p_count int) returns uuid[]
language sql volatile parallel safe set search_path = dot, pg_temp
as $$
  with seed as materialized (
    select floor(extract(epoch from clock_timestamp()) * 1000)::bigint as ms, substr(gen_random_uuid()::text, 20) as random
  )
  -- Time, version and counter take the first eight bytes. The random rest, which has the variant bits, is drawn once: it
  -- tells this call from every other, the counter tells its ids apart.
  select coalesce(array_agg((lpad(to_hex(seed.ms + n / 4096), 12, '0') || to_hex(28672 + n % 4096) || seed.random)::uuid order by n), '{}')
    from seed, generate_series(0, p_count - 1) n
$$;
comment on function dot.fn_uuid_v7_many(int) is
  'p_count new UUIDs version 7 in ascending order (RFC 9562, section 6.2, method 1: a 12-bit counter that carries over into the milliseconds), for set-based inserts, where one function call per row would cost more than the row. They share their random part, so they are names and no secrets.';
