create or replace function dot.fn_job_wanted_by(p_job text, p_token text) returns text
language sql stable security definer set search_path = dot, pg_temp
as $$
  -- Of what runs a command alone: whoever enqueues anything else may write there what they like.
  select coalesce(case when e.executor_kind = 'command' then j.payload -> '$for' end, '{}')::text
    from dot.job_queue j join dot.executor_class_registry e on e.class_id = j.class_id
   where j.job_id = case when p_job ~ '^[0-9]{1,18}$' then p_job::bigint end
     and j.lease_token = case when p_token ~ '^[0-9]{1,18}$' or p_token ~ '^[0-8][0-9]{18}$' then p_token::bigint end
     and j.holder = to_regrole(quote_ident(session_user)) and j.claimed_at is not null
$$;
comment on function dot.fn_job_wanted_by(text, text) is
  'Who wants the job that the login of the session holds by this token: {actor, kind, principal} as JSON text, {} for nobody in particular; null where it holds no such lease. Answers hook job_wanted_by.';
