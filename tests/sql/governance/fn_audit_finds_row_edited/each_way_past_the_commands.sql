do $$
declare
  v_ann  text := test.actor('ann', 'human', '{dot_operator}');
  v_case record;
  v      text;
begin
  perform test.perform('actor add', json_build_object('actor', 'cid', 'kind', 'human', 'login', test.login('cid', '{dot_operator}')));
  perform test.numbered();
  for v_case in
    select * from (values
      -- Also where a session fires no triggers but those that always do.
      ($q$set local session_replication_role = replica; insert into dot.delegation (delegation_id, delegator_id, delegator_principal, delegator_login, delegator_verified, delegate_id, delegate_principal, reason, valid_from, valid_until)
         select gen_random_uuid(), 'cid', 'cid', 'x', true, 'ann', 'ann', 'x', now(), now() + interval '1 hour'$q$, 'delegation %', 'its last change was made by no run that succeeded'),
      ($q$update dot.dot_actor set principal = 'ann' where actor_id = 'cid'$q$, 'dot_actor cid', 'its last change was made by no run that succeeded'),
      ($q$alter table dot.dot_actor disable trigger record; update dot.dot_actor set principal = 'ann' where actor_id = 'cid'; alter table dot.dot_actor enable always trigger record$q$,
        'dot_actor cid', 'principal is "ann"; the last recorded change left it null'),
      ($q$alter table dot.dot_actor disable trigger record; delete from dot.dot_actor where actor_id = 'cid'$q$, 'dot_actor cid', 'it is gone, and no change recorded that'),
      ($q$alter table dot.dot_row_history disable trigger all; update dot.dot_row_history set changed_at = changed_at - interval '1 day' where row_key = 'cid'$q$,
        'dot_actor cid', 'it says that it was changed at %'),
      -- An honest change afterwards does not make it good.
      ($q$alter table dot.dot_actor disable trigger record; update dot.dot_actor set principal = 'ann' where actor_id = 'cid'; alter table dot.dot_actor enable always trigger record;
          select test.perform('actor disable', '{"actor": "cid"}')$q$, 'dot_actor cid', 'principal was "ann" when it was changed for another reason, and no change recorded that'),
      ($q$insert into dot.break_glass (break_glass_id, actor_id, login, reason, commands, opened_at, expires_at) values (gen_random_uuid(), 'ann', 'ann', 'x', '{gate set}', now(), now() + interval '1 hour')$q$,
        'break_glass %', 'its last change was made by no run that succeeded')) c(sql, object, detail)
  loop
    begin
      execute v_case.sql;
      select string_agg(f.object || ': ' || f.detail, '; ') into v from dot.fn_audit_finds_row_edited() f where f.object like v_case.object and f.detail like v_case.detail;
      assert v is not null, v_case.sql || ': ' || coalesce((select string_agg(f.object || ': ' || f.detail, '; ') from dot.fn_audit_finds_row_edited() f), 'nothing');
      raise exception using errcode = 'DT999';
    exception when sqlstate 'DT999' then
      null;
    end;
  end loop;
  perform test.equal((select string_agg(object, ', ') from dot.fn_audit_finds_row_edited() where object <> 'dot_actor ann'), null, 'nothing else');
end
$$;
