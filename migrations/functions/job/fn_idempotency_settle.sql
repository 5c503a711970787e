create or replace function dot.fn_idempotency_settle(p_namespace text, p_key text, p_job bigint) returns void
language plpgsql volatile security definer set search_path = dot, pg_temp
as $$
begin
  if p_job is null then
    delete from dot.idempotency_registry where idempotency_namespace = p_namespace and idempotency_key = p_key;
  else
    update dot.idempotency_registry set job_id = p_job where idempotency_namespace = p_namespace and idempotency_key = p_key;
  end if;
end
$$;
comment on function dot.fn_idempotency_settle(text, text, bigint) is 'Keeps which job came of the request that fn_idempotency_claim has let through in this transaction; where none did (null), the key is free again.';
