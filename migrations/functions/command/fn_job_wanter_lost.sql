create or replace function dot.fn_job_wanter_lost(p_roles text[]) returns text
language plpgsql stable security definer set search_path = dot, pg_temp
as $$
declare
  v_for jsonb := dot.fn_command_hook('job_wanted_by', current_setting('dot.for_job', true), current_setting('dot.for_token', true))::jsonb;
begin
  -- Of who is not known, the login must still be there with what it had.
  if v_for ? 'actor' and not exists (select 1 from dot.dot_actor a where a.actor_id = v_for ->> 'actor')
    and not exists (select 1 from unnest(p_roles) r where dot.fn_role_held(coalesce(v_for ->> 'login', v_for ->> 'actor'), r))
  then
    return v_for ->> 'actor';
  end if;
  return (
    select min(a.actor_id) from dot.dot_actor a
     where a.actor_id in (v_for ->> 'actor', v_for ->> 'principal')
       and (a.status = 'disabled'
         -- Someone without a login acts through others' alone.
         or a.actor_id = v_for ->> 'actor' and a.login_name is not null and not exists (select 1 from unnest(p_roles) r where dot.fn_role_held(a.login_name, r))));
end
$$;
comment on function dot.fn_job_wanter_lost(text[]) is
  'Within a job (settings for_job and for_token): who wanted it, or answers for them, and is disabled by now, or whose login is gone or holds none of these roles any more; null where nobody is.';
