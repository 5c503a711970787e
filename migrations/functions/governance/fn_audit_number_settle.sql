create or replace function dot.fn_audit_number_settle() returns jsonb
language plpgsql volatile security definer set search_path = dot, pg_temp
as $$
declare
  v_from    bigint := coalesce((select max(to_number) from dot.audit_number_settled), 0) + 1;
  v_wait    dot.audit_number_wait;
  v_holders text[];
  v_missing int8multirange;
  v_crashed boolean;
begin
  -- What a transaction of one snapshot does not see may be committed.
  if current_setting('transaction_isolation') <> 'read committed' then
    return jsonb_build_object('settled', v_from - 1);
  end if;
  select * into v_wait from dot.audit_number_wait;
  if not found then
    -- First the number, then who draws: whoever drew one of these has ended by now, or still holds the lock that drawing took.
    select s.last_value into v_wait.last_number from dot.dot_command_run_number_seq s where s.is_called;
    if coalesce(v_wait.last_number, 0) < v_from then
      return jsonb_build_object('settled', v_from - 1);
    end if;
    v_holders := dot.fn_audit_number_holders();
    insert into dot.audit_number_wait (last_number, holders, taken_at) values (v_wait.last_number, v_holders, clock_timestamp()) returning * into v_wait;
  end if;
  -- After a restart of the server none of them is there; another that has the name of one only makes this wait.
  if v_wait.holders && dot.fn_audit_number_holders() then
    return jsonb_build_object('settled', v_from - 1, 'waiting_for', cardinality(v_wait.holders), 'waiting_since', v_wait.taken_at);
  end if;
  v_crashed := not exists (select 1 from dot.audit_number_calm);
  -- A statement of its own, which sees everything that they committed.
  select coalesce(range_agg(int8range(n, n, '[]')), '{}') into v_missing
    from generate_series(v_from, v_wait.last_number) n
   where not exists (select 1 from dot.dot_command_run_number r join dot.dot_command_run using (run_id) where r.run_number = n);
  insert into dot.audit_number_settled (from_number, to_number, void, lost, run_id, settled_at)
  select v_from, v_wait.last_number, case when v_crashed then '{}' else v_missing end, case when v_crashed then v_missing else '{}' end,
         dot.fn_run_current(), clock_timestamp();
  delete from dot.audit_number_wait;
  insert into dot.audit_number_calm (one) values (true) on conflict do nothing;
  return jsonb_strip_nulls(jsonb_build_object('settled', v_wait.last_number, 'void', nullif(case when v_crashed then '{}' else v_missing end, '{}'),
    'lost', nullif(case when v_crashed then v_missing else '{}' end, '{}')));
end
$$;
comment on function dot.fn_audit_number_settle() is
  'Settles the numbers of runs that were drawn when it last looked, once every transaction has ended that was committing one then: those that no run has are void, or lost where the server has crashed since. Waits for nobody: {settled: the last settled number, void, lost: ranges, where there are some; waiting_for, waiting_since: where one is still committing, or prepared}. Settles nothing in a transaction that sees one snapshot only.';
