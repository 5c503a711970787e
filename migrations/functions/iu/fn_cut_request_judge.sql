create or replace function dot.fn_cut_request_judge() returns trigger
language plpgsql volatile security definer set search_path = dot, pg_temp set enable_nestloop = off
as $$
declare
  v_bad   record;
  v_actor text := (dot.fn_actor_current()).actor_id;
begin
  if tg_op = 'INSERT' then
    select n.cut_request_id, null::text as from_state, n.state as to_state into v_bad from moved_to n where n.state <> 'staged' limit 1;
  else
    select n.cut_request_id, o.state as from_state, n.state as to_state into v_bad
      from moved_to n join moved_from o using (cut_request_id)
     where o.state <> n.state
       and (o.state, n.state) not in (
         ('staged', 'marked'), ('marked', 'approved'), ('approved', 'cut'), ('cut', 'verified'), ('verified', 'completed'),
         ('cut', 'failed'), ('staged', 'cancelled'), ('marked', 'cancelled'), ('approved', 'cancelled'), ('failed', 'cancelled'))
     limit 1;
  end if;
  if found then
    raise exception using errcode = 'DT409',
      message = format('cut request %s cannot go from %s to %s', v_bad.cut_request_id, coalesce(v_bad.from_state, 'nothing'), v_bad.to_state),
      detail = jsonb_build_object('cut_request', v_bad.cut_request_id, 'from', v_bad.from_state, 'to', v_bad.to_state)::text,
      hint = 'The order is mark, approve, cut, verify, cleanup.';
  end if;
  if tg_op = 'INSERT' then
    insert into dot.cut_request_transition (cut_request_id, from_state, to_state, actor, run_id, trace_id)
    select n.cut_request_id, null, n.state, v_actor, dot.fn_run_current(),
           nullif(current_setting('dot.trace_id', true), '')
      from moved_to n;
  else
    insert into dot.cut_request_transition (cut_request_id, from_state, to_state, actor, run_id, trace_id)
    select n.cut_request_id, o.state, n.state, v_actor, dot.fn_run_current(),
           nullif(current_setting('dot.trace_id', true), '')
      from moved_to n join moved_from o using (cut_request_id)
     where o.state <> n.state;
  end if;
  return null;
end
$$;
comment on function dot.fn_cut_request_judge() is
  'Judges every change of a cut request''s state, whoever makes it, and writes the move to cut_request_transition. DT409 for an illegal move.';
create or replace trigger judge_insert after insert on dot.cut_request
  referencing new table as moved_to for each statement execute function dot.fn_cut_request_judge();
create or replace trigger judge_update after update on dot.cut_request
  referencing old table as moved_from new table as moved_to for each statement execute function dot.fn_cut_request_judge();
alter table dot.cut_request enable always trigger judge_insert, enable always trigger judge_update;
