create or replace function dot.fn_schema_regex_refuse(p_pattern text, p_at int, p_cause text, p_hint text default null) returns void
language plpgsql immutable parallel safe set search_path = dot, pg_temp
as $$
begin
  raise exception using errcode = 'DT400',
    message = format('the pattern %s %s', case when length(p_pattern) > 200 then left(p_pattern, 200) || '…' else p_pattern end, p_cause),
    detail = jsonb_build_object('offset', p_at)::text, hint = coalesce(p_hint, '');
end
$$;
comment on function dot.fn_schema_regex_refuse(text, int, text, text) is
  'Raises DT400 for a pattern: its cause (a verb and what follows) after the pattern, of which 200 characters are shown, and {offset: characters before the place} as the detail.';
