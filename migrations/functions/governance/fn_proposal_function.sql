create or replace function dot.fn_proposal_function(p_name text) returns regprocedure
language sql stable security definer set search_path = dot, pg_temp
as $$
  select case when p_name is not null then to_regprocedure(format('dot.%I(jsonb)', p_name)) end
$$;
comment on function dot.fn_proposal_function(text) is
  'The function that a kind of proposals names, taking its payload; null where none is named or it does not exist (yet).';
