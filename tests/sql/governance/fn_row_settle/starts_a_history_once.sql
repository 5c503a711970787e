create table dot.scratch (a text primary key, b int);
alter table dot.scratch owner to dot_owner;
insert into dot.scratch values ('x', 1), ('y', 2);
create trigger record after insert or update or delete on dot.scratch for each row execute function dot.fn_row_record('a');
do $$
declare
  v_run constant uuid := (test.perform('gate set', '{"gate": "test.clock", "value": "open"}') ->> 'run')::uuid;
  v_found constant text := $q$select string_agg(object || ': ' || detail, '; ' order by object, detail) from dot.fn_audit_finds_row_edited() where object like 'scratch%'$q$;
  v text;
begin
  -- What this transaction did before its run could enter it is the run's.
  update dot.scratch set b = 3 where a = 'x';
  perform dot.fn_row_settle(v_run, '{}');
  perform test.numbered();
  execute v_found into v;
  perform test.equal(v, null, 'as they are');
  -- And nothing later, by nobody.
  alter table dot.scratch disable trigger record;
  insert into dot.scratch values ('z', 4);
  delete from dot.scratch where a = 'y';
  perform dot.fn_row_settle(v_run, '{}');
  execute v_found into v;
  perform test.equal(v, 'scratch y: it is gone, and no change recorded that; scratch z: it is there, and no change of it is recorded');
end
$$;
