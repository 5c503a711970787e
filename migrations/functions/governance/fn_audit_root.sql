create or replace function dot.fn_audit_root(p_frontier bytea) returns bytea
language plpgsql immutable parallel safe set search_path = dot, pg_temp set standard_conforming_strings = on
as $$
declare
  v_at   int := octet_length(p_frontier) - 31;
  v_root bytea;
begin
  if v_at < 1 then
    return sha256('');
  end if;
  v_root := substr(p_frontier, v_at, 32);
  while v_at > 1 loop
    v_at := v_at - 32;
    v_root := sha256('\x01'::bytea || substr(p_frontier, v_at, 32) || v_root);
  end loop;
  return v_root;
end
$$;
comment on function dot.fn_audit_root(bytea) is
  'The RFC 6962 root over a frontier: the roots of the perfect subtrees of a log, largest first. Of nothing, the sha-256 of nothing.';
