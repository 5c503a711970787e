create or replace function dot.fn_iu_not_active(p_what text) returns jsonb
language sql immutable parallel safe set search_path = dot, pg_temp
as $$
  select dot.fn_command_refusal('DT409', 'not_active', p_what || ' is not in the current version of its document, or has changed',
    'dot iu lineage UNIT shows what became of it.')
$$;
comment on function dot.fn_iu_not_active(text) is 'The refusal (DT409) for an operation on a unit that is superseded, retired or changed.';
