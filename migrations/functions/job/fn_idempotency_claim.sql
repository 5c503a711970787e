create or replace function dot.fn_idempotency_claim(p_namespace text, p_key text, p_args jsonb) returns jsonb
language plpgsql volatile security definer set search_path = dot, pg_temp
as $$
declare
  v_digest text := encode(sha256(convert_to(p_args::text, 'UTF8')), 'hex');
  v_known  dot.idempotency_registry;
begin
  loop
    insert into dot.idempotency_registry (idempotency_namespace, idempotency_key, args_digest, created_at, expires_at)
    values (p_namespace, p_key, v_digest, clock_timestamp(), clock_timestamp() + dot.fn_config_int('queue.idempotency.days') * interval '1 day')
    on conflict (idempotency_namespace, idempotency_key) do nothing;
    if found then
      return null;
    end if;
    select * into v_known from dot.idempotency_registry where idempotency_namespace = p_namespace and idempotency_key = p_key;
    continue when not found;
    if v_known.expires_at <= clock_timestamp() then
      delete from dot.idempotency_registry where idempotency_namespace = p_namespace and idempotency_key = p_key and expires_at <= clock_timestamp();
      continue;
    end if;
    exit;
  end loop;
  if v_known.args_digest <> v_digest then
    return dot.fn_command_refusal('DT409', 'idempotency_conflict', format('key %s of %s was used for another request', p_key, p_namespace),
      'Use a new key for a new request.', jsonb_build_object('job', v_known.job_id));
  end if;
  return jsonb_build_object('job', v_known.job_id, 'replayed', true);
end
$$;
comment on function dot.fn_idempotency_claim(text, text, jsonb) is
  'Takes (namespace, key) for a request. Null: it is the first, go on, and say what came of it with fn_idempotency_settle in this transaction. Else the first answer {job, replayed: true}, or the refusal idempotency_conflict where p_args differ. A request that is still going on elsewhere is waited for.';
