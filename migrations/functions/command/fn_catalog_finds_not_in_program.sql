create or replace function dot.fn_catalog_finds_not_in_program(p_given jsonb)
returns table (command text, finding text, detail text)
language sql stable security definer set search_path = dot, pg_temp
as $$
  select k.command_code, 'not_in_program', 'the database has it, the program and its directories do not'
    from dot.dot_command_catalog k
   where k.status <> 'retired' and not exists (select 1 from jsonb_to_recordset(p_given) as g(code text) where g.code = k.command_code)
$$;
comment on function dot.fn_catalog_finds_not_in_program(jsonb) is
  'For fn_catalog_check: not_in_program, a command that only the database has.';
