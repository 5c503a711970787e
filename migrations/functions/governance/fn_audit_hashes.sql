create or replace function dot.fn_audit_hashes(p_from bigint, p_to bigint) returns bytea
language sql stable security definer set search_path = dot, pg_temp
as $$
  select coalesce(string_agg(l.leaf_hash, ''::bytea order by l.leaf_index), '')
    from dot.audit_leaf l where l.leaf_index >= p_from and l.leaf_index < p_to
$$;
comment on function dot.fn_audit_hashes(bigint, bigint) is 'The stored hashes of the leaves from p_from up to, not including, p_to, 32 bytes each.';
