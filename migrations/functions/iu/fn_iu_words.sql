create or replace function dot.fn_iu_words(p_title text, p_body text) returns tsvector
language sql immutable parallel safe set search_path = pg_catalog, pg_temp
as $$
  -- A tsvector holds at most 1 MB of words; what lies beyond the first 500,000 characters is not searched.
  select setweight(to_tsvector('simple'::regconfig, coalesce(p_title, '')), 'A') || to_tsvector('simple'::regconfig, left(p_body, 500000))
$$;
comment on function dot.fn_iu_words(text, text) is
  'The searchable words of a unit, in no particular language: its title weighs more (A). The first 500,000 characters of the body.';
