create or replace function dot.fn_governed_seen() returns void
language plpgsql volatile security definer set search_path = dot, pg_temp
as $$
begin
  begin
    -- To lock a row that somebody has changed since the snapshot fails with 40001; one that is being changed is as it was.
    perform 1 from dot.dot_session s where s.token_sha256 = sha256(convert_to(coalesce(current_setting('dot.session_token', true), ''), 'UTF8')) for share skip locked;
    perform 1 from dot.dot_actor a
     where a.login_name = session_user
        or a.actor_id = (select s.actor_id from dot.dot_session s where s.token_sha256 = sha256(convert_to(coalesce(current_setting('dot.session_token', true), ''), 'UTF8')))
       for share skip locked;
    perform 1 from dot.dot_config c where c.value_type = 'bool' for share skip locked;
    raise exception using errcode = 'DT200', message = 'the locks go with this block, for nobody is to wait for them';
  exception when sqlstate 'DT200' then
    null;
  end;
end
$$;
comment on function dot.fn_governed_seen() is
  'For transactions of one snapshot (repeatable read, serializable): 40001 where the actor of this login, the session that stands for one, or a gate was changed since the snapshot, so that nobody goes on by rights that were taken away, or through a gate that was closed. Waits for nobody, and leaves no lock behind.';
