set local role dot_owner;
create function dot.fn_audit_finds_aaa_scratch() returns table (finding text, object text, run_id uuid, detail text)
language plpgsql stable set search_path = dot, pg_temp as $$ begin return query select 'scratch', 'x', null::uuid, (1 / 0)::text; end $$;
reset role;
update dot.dot_command_catalog set gate = 'policy.freeze' where command_code = 'iu list';
do $$
declare
  v text[] := array(select finding || ' ' || object from dot.fn_audit_objects());
begin
  assert 'check_failed fn_audit_finds_aaa_scratch' = any(v), v::text;
  assert 'catalogue_edited iu list' = any(v), v::text;
end
$$;
-- What is not the owner's is not called.
drop function dot.fn_audit_finds_aaa_scratch();
create function dot.fn_audit_finds_aaa_scratch() returns table (finding text, object text, run_id uuid, detail text)
language sql stable as $$ select 'scratch', 'x', null::uuid, '' $$;
do $$
begin
  assert not exists (select 1 from dot.fn_audit_objects() where finding in ('scratch', 'check_failed'));
end
$$;
