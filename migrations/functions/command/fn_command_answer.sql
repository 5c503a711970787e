create or replace function dot.fn_command_answer(p_command text, p_answer jsonb) returns jsonb
language plpgsql volatile security definer set search_path = dot, pg_temp
as $$
declare
  v_run constant uuid := dot.fn_run_current();
begin
  -- Null is no refusal.
  if p_answer ->> 'refused' = 'true' and exists (
    select 1 from dot.dot_command_run r where r.run_id = v_run and r.mode = 'sql' and r.entered_xid = pg_current_xact_id())
  then
    -- The last of this command: what it called meanwhile has runs of its own, which are later by a few.
    update dot.dot_command_run u set state = 'refused', error = dot.fn_command_kept(p_answer)
     where u.run_id = (
       select r.run_id
         from (select * from dot.dot_command_run c where c.run_id <= v_run order by c.run_id desc limit 100) r
        where r.command_code = p_command and r.mode = 'sql' and r.state = 'succeeded' and r.entered_xid = pg_current_xact_id()
        order by r.run_id desc limit 1);
  end if;
  return p_answer;
end
$$;
comment on function dot.fn_command_answer(text, jsonb) is
  'What a mutating function returns that may be a refusal, its own or another''s: called straight from SQL, its run has not succeeded then, and says what it was refused for. Returns the answer.';
