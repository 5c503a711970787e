create or replace function dot.fn_dlq_digest(p_letters bigint[]) returns text
language sql immutable parallel safe set search_path = dot, pg_temp
as $$
  select encode(sha256(convert_to(coalesce(string_agg(l::text, ',' order by l), ''), 'UTF8')), 'hex') from unnest(p_letters) l
$$;
comment on function dot.fn_dlq_digest(bigint[]) is 'The sha-256 (hex) of a set of dead letters: their numbers in order, joined by commas.';
