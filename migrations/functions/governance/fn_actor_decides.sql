create or replace function dot.fn_actor_decides(p_facts jsonb default '{}') returns jsonb
language plpgsql stable security definer set search_path = dot, pg_temp
as $$
begin
  if not dot.fn_login_itself() then
    return dot.fn_command_refusal('DT403', 'not_the_login_itself', 'what is decided is decided by a login itself, not by a session or within a job', 'Log in to the database.', p_facts);
  end if;
  return dot.fn_actor_unknown();
end
$$;
comment on function dot.fn_actor_decides(jsonb) is
  'Why the caller decides nothing, gives no decision to others and takes none back: null, or a refusal (DT403) where they act by a session or within a job, or are nobody that is known (fn_actor_unknown).';
