create or replace function dot.fn_audit_read(p_from bigint, p_to bigint)
returns table (leaf_index bigint, leaf_kind text, run_id uuid, entry text, leaf_hash bytea)
language sql stable security definer set search_path = dot, pg_temp set standard_conforming_strings = on
as $$
  select l.leaf_index, l.leaf_kind, l.run_id, l.leaf_index || ' ' || l.leaf_kind || E'\n' || l.canonical, l.leaf_hash
    from dot.audit_leaf l where l.leaf_index >= p_from and l.leaf_index < p_to
   order by l.leaf_index
$$;
comment on function dot.fn_audit_read(bigint, bigint) is 'The leaves from p_from up to, not including, p_to: each with its whole entry text and its hash.';
