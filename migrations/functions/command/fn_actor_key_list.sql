create or replace function dot.fn_actor_key_list(p_actor text default null, p_key text default null, p_history boolean default false)
returns table (actor text, key text, algorithm text, state text, added_at timestamptz, added_by text, proposal uuid, revoked_at timestamptz, revoked_by text, comment text, public_key text, allowed_signer text)
language sql stable security definer set search_path = dot, pg_temp
as $$
  select k.actor_id, k.fingerprint, k.algorithm, case when k.revoked_at is null then 'active' else 'revoked' end, k.added_at, k.added_by, dot.fn_command_run_proposal(k.added_run),
         k.revoked_at, k.revoked_by, k.comment, k.public_key,
         k.actor_id || ' namespaces="dot-approval"'
           || coalesce(',valid-before="' || to_char(k.revoked_at at time zone 'UTC', 'YYYYMMDDHH24MISS') || 'Z"', '') || ' ' || k.public_key
    from dot.dot_actor_key k
   where (p_actor is null or k.actor_id = p_actor) and (p_key is null or k.fingerprint = p_key) and (p_history or p_key is not null or k.revoked_at is null)
   order by k.actor_id, k.added_at, k.fingerprint
$$;
comment on function dot.fn_actor_key_list(text, text, boolean) is
  'The keys with which people sign decisions: of one of them, one of them, or also those that were revoked. allowed_signer is the line of a file allowed_signers for ssh-keygen -Y verify.';
