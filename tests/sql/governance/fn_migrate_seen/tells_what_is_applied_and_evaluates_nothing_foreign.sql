-- What is there is told; a list that somebody else has put in the place of the real one is not looked into.
do $$
declare
  v_seen jsonb;
begin
  grant select on public._sqlx_migrations to dot_owner;
  v_seen := dot.fn_migrate_seen();
  perform test.equal(jsonb_array_length(v_seen -> 'applied')::text, (select count(*)::text from public._sqlx_migrations));
  perform test.equal(v_seen -> 'applied' -> 0 ->> 'checksum', (select encode(checksum, 'hex') from public._sqlx_migrations order by version limit 1));
  perform test.equal(v_seen ->> 'commands', (select count(*)::text from dot.dot_command_catalog where status = 'active'));
  perform test.equal(jsonb_array_length(v_seen -> 'sources')::text, (select count(*)::text from dot.dot_function_source));
  perform test.equal(jsonb_path_query_first(v_seen, '$.sources[*] ? (@.function_name == "fn_migrate_seen")') ->> 'digest',
    (select digest from dot.dot_function_source where function_name = 'fn_migrate_seen'));
  create role somebody_else;
  alter table public._sqlx_migrations rename to real_ones;
  create view public._sqlx_migrations as select * from public.real_ones;
  grant select on public._sqlx_migrations to dot_owner;
  alter view public._sqlx_migrations owner to somebody_else;
  assert dot.fn_migrate_seen() -> 'applied' = 'null', 'a view of somebody else''s is not evaluated';
end
$$;
