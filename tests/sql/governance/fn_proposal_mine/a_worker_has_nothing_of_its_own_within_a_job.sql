do $$
declare
  v_wim text := test.actor('wim', 'service', '{dot_worker,dot_operator}');
  v_one text := test.actor('one', 'human', '{dot_operator}');
  v_two text := test.actor('two', 'human', '{dot_operator}');
  v_id  uuid := test.tag_proposal();
begin
  grant execute on function dot.fn_proposal_mine(uuid) to public;
  alter table dot.proposal disable trigger user;
  update dot.proposal set proposer_id = 'wim', proposer_principal = 'one', proposer_verified = true where proposal_id = v_id;
  -- As the worker acts for the one and for the other.
  create or replace function dot.fn_actor_current(out actor_id text, out actor_kind text, out principal text, out verified boolean)
  language sql stable security definer set search_path = dot, pg_temp as $f$ select 'wim', 'service', nullif(current_setting('test.for', true), ''), true $f$;
  perform set_config('dot.for_job', '1', true), set_config('test.for', 'one', true);
  assert dot.fn_proposal_mine(v_id);
  perform set_config('test.for', 'two', true);
  assert not dot.fn_proposal_mine(v_id);
  perform set_config('test.for', '', true);
  assert not dot.fn_proposal_mine(v_id);
end
$$;
