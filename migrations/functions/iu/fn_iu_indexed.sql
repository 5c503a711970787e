create or replace function dot.fn_iu_indexed(p_left bigint default 0) returns jsonb
language sql stable security definer set search_path = dot, pg_temp
as $$
  select jsonb_build_object('ok', n <= p_left, 'left', n) from dot.fn_iu_unindexed() n
$$;
comment on function dot.fn_iu_indexed(bigint) is
  'Whether at most p_left current unit versions are missing from the search index: {ok, left}.';
