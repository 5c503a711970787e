create or replace function dot.fn_command_with(variadic p_duties text[]) returns text[]
language sql stable security definer set search_path = dot, pg_temp
as $$
  select coalesce(array_agg(k.command_code order by k.command_code), '{}')
    from dot.dot_command_catalog k
   where k.spec -> 'duties' ?| p_duties and k.source = 'binary'
$$;
comment on function dot.fn_command_with(text[]) is
  'The commands of the program that have one of these duties, which their files declare: what rules know commands by. Retired ones are among them, for their runs remain.';
