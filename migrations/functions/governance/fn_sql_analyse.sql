create or replace function dot.fn_sql_analyse(p_statement text) returns jsonb
language plpgsql volatile security definer set search_path = dot, pg_temp set standard_conforming_strings = on
as $$
declare
  v_cursor  refcursor;
  v_plan    jsonb;
  v_body    text;
  v_table   text;
  v_bad     text;
  v_reason  text;
begin
  if coalesce(trim(p_statement), '') = '' then
    raise exception using errcode = 'DT400', message = 'the statement is empty', hint = 'For example: dot sql exec ''update … where …'' --propose';
  end if;
  v_bad := dot.fn_sql_foreign(p_statement);
  if v_bad is not null then
    return dot.fn_command_refusal('DT403', 'foreign', format('the platform does not run this: %s', v_bad),
      'It runs with the rights of dot_owner, and so only what is the platform''s.');
  end if;
  -- A cursor takes one statement only, and EXPLAIN what has a plan only: this asks PostgreSQL's own parser. Nothing is planned,
  -- for a cursor that is only opened has not begun.
  begin
    open v_cursor for execute 'explain (analyze off, verbose on, costs off, format json) ' || p_statement;
    close v_cursor;
  exception
    when invalid_cursor_definition then
      return dot.fn_command_refusal('DT403', 'several_statements', 'expected one statement, got several', 'Give each statement by itself, or in a file.');
    when syntax_error then
      return dot.fn_command_refusal('DT403', 'no_row_change', format('expected an INSERT, UPDATE or DELETE: %s', sqlerrm),
        'Migrations are for the schema (dot migrate new), and transactions are the pipeline''s.');
    when insufficient_privilege then
      return dot.fn_command_refusal('DT403', 'table_refused', 'the platform may not do this: ' || sqlerrm, 'dot_owner changes what it owns.');
    when lock_not_available or deadlock_detected then
      raise;
    when others then
      raise exception using errcode = 'DT400', message = 'the statement cannot be planned: ' || sqlerrm, hint = 'Try it as a read: dot sql query';
  end;
  -- Parsed as the body of a function, which is undone at once, it tells every function it calls, even PostgreSQL's own. Only
  -- statements that stand for themselves can be such a body, so EXECUTE and the like end here.
  begin
    execute 'create function pg_temp.dot_statement() returns void language sql begin atomic ' || p_statement || e'\n; end';
    select p.prosqlbody::text into v_body from pg_proc p where p.proname = 'dot_statement' and p.pronamespace = pg_my_temp_schema();
    raise exception using errcode = 'DT001';
  exception
    when sqlstate 'DT001' then
      null;
    when others then
      return dot.fn_command_refusal('DT403', 'no_row_change', 'this cannot stand by itself as one change of rows: ' || sqlerrm, 'Write it as a plain INSERT, UPDATE or DELETE.');
  end;
  -- Nothing of it is planned before all of it is known.
  select min(format('%s is owned by %s', p.oid::regprocedure, p.proowner::regrole)) into v_bad
    from regexp_matches(v_body, ':(?:funcid|opfuncid|winfnoid|aggfnoid|hashfuncid) ([0-9]+)', 'g') m join pg_proc p on p.oid = m[1]::oid
   where p.oid >= 16384 and not dot.fn_owner_trusted(p.proowner);
  if v_bad is not null then
    return dot.fn_command_refusal('DT403', 'foreign', format('the platform does not run this: %s', v_bad), 'What it calls must be owned by dot_owner.');
  end if;
  select min(format('%s is not the platform''s: %s', c.oid::regclass, dot.fn_command_foreign(c.oid))) into v_bad
    from regexp_matches(v_body, ':relid ([0-9]+)', 'g') m join pg_class c on c.oid = m[1]::oid
   where dot.fn_command_foreign(c.oid) is not null;
  if v_bad is not null then
    return dot.fn_command_refusal('DT403', 'table_refused', v_bad, 'dot_owner reads and changes what it owns.');
  end if;
  select string_agg(distinct p.oid::regprocedure::text, ', ') into v_bad
    from regexp_matches(v_body, ':(?:funcid|opfuncid|winfnoid|aggfnoid|hashfuncid) ([0-9]+)', 'g') m
    join pg_proc p on p.oid = m[1]::oid
   where p.provolatile = 'v' or p.oid = any (array['now()', 'transaction_timestamp()', 'statement_timestamp()']::regprocedure[]);
  v_bad := coalesce(v_bad, case when v_body ~ '\{SQLVALUEFUNCTION :op [0-8] ' then 'the time' end);
  if v_bad is not null then
    return dot.fn_command_refusal('DT403', 'side_effects', format('it calls what may do more than it shows, or says something else each time: %s', v_bad),
      'Write the value itself: what is approved must be all that happens, and happen again.', jsonb_build_object('functions', v_bad));
  end if;
  begin
    open v_cursor for execute 'explain (analyze off, verbose on, costs off, format json) ' || p_statement;
    fetch v_cursor into v_plan;
    close v_cursor;
  exception when insufficient_privilege then
    return dot.fn_command_refusal('DT403', 'table_refused', 'the platform may not do this: ' || sqlerrm, 'dot_owner changes what it owns.');
  end;
  v_plan := v_plan #> '{0,Plan}';
  if v_plan ->> 'Node Type' is distinct from 'ModifyTable' then
    return dot.fn_command_refusal('DT403', 'no_row_change', 'this changes no rows', 'To read: dot sql query. Migrations are for the schema.');
  end if;
  if jsonb_path_exists(v_plan, '$.** ? (@."Relation Name" == "dot_secret" && @."Schema" == "dot")') then
    return dot.fn_command_refusal('DT403', 'table_refused', 'dot.dot_secret is read by the platform alone', null, jsonb_build_object('table', 'dot.dot_secret'));
  end if;
  if v_plan ->> 'Operation' = 'Merge' or (select count(*) > 1 from jsonb_path_query(v_plan, '$.** ? (@."Node Type" == "ModifyTable")')) then
    return dot.fn_command_refusal('DT403', 'several_changes', 'this changes rows in several ways at once', 'Give each INSERT, UPDATE or DELETE by itself; their order is kept.');
  end if;
  v_table := format('%I.%I', v_plan ->> 'Schema', v_plan ->> 'Relation Name');
  select v_table || case
           when c.relkind not in ('r', 'p') then ' is no table'
           when dot.fn_sql_protected(c.oid) then ' holds the audit or the rules; it is not changed by hand'
           when dot.fn_command_foreign(c.oid) is not null then ' is not the platform''s to change: ' || dot.fn_command_foreign(c.oid)
           else ' has no primary key, so its rows cannot be told apart' end
    into v_reason
    from pg_class c
   where c.oid = to_regclass(v_table)
     and (c.relkind not in ('r', 'p') or dot.fn_sql_protected(c.oid) or dot.fn_command_foreign(c.oid) is not null
       or not exists (select 1 from pg_index i where i.indrelid = c.oid and i.indisprimary));
  if found then
    return dot.fn_command_refusal('DT403', 'table_refused', v_reason, null, jsonb_build_object('table', v_table));
  end if;
  return jsonb_build_object('operation', lower(v_plan ->> 'Operation'), 'table', v_table, 'alias', v_plan ->> 'Alias');
end
$$;
comment on function dot.fn_sql_analyse(text) is
  'What one statement would change, without running it: {operation: insert, update or delete, table, alias}, or a refusal (DT403): several_statements, no_row_change (also DDL, COPY, DO, transaction control), several_changes (MERGE, or a WITH that changes rows), side_effects (a volatile function, or the time), foreign (what is not the platform''s: fn_sql_foreign, fn_command_foreign), table_refused (protected, not the platform''s, without primary key, no table). DT400 when it is empty or cannot be planned.';
