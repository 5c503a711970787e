create or replace function dot.fn_envelope_set(p_envelope jsonb) returns void
language plpgsql volatile set search_path = dot, pg_temp
as $$
begin
  perform set_config('dot.' || k, coalesce(p_envelope ->> k, ''), true)
     from unnest(array['run_id', 'trace_id', 'span_id', 'correlation_id', 'actor', 'actor_kind', 'principal', 'reason', 'mode', 'protected', 'for_job', 'for_token', 'session_token']) k
    -- PostgreSQL sorts all its settings anew for each name it has not seen in a session: what is not said stays unset there.
    where p_envelope ->> k is not null
       -- Whom one stands for, the session may have said itself: forgetting that would give its login more.
       or current_setting('dot.' || k, true) <> '' and k not in ('for_job', 'for_token', 'session_token');
end
$$;
comment on function dot.fn_envelope_set(jsonb) is
  'Puts the envelope into transaction-local settings dot.run_id, dot.trace_id, … so that every row written in this transaction can carry it. What it does not name is emptied, but for the session and the job for which the caller acts.';
