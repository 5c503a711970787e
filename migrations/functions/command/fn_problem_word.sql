create or replace function dot.fn_problem_word(p_word text) returns text
language sql immutable set search_path = dot, pg_temp set standard_conforming_strings = on
as $$
  select case when p_word ~ '^[A-Za-z0-9_@%+=:,./-]+$' then p_word else '''' || replace(p_word, '''', '''\''''') || '''' end
$$;
comment on function dot.fn_problem_word(text) is 'A word of a command that is typed into a shell: quoted where that would not take it as it is.';
