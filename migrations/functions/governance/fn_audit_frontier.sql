create or replace function dot.fn_audit_frontier(p_frontier bytea, p_size bigint, p_to bigint) returns bytea
language plpgsql stable security definer set search_path = dot, pg_temp set standard_conforming_strings = on
as $$
declare
  v_old   bytea := p_frontier;
  v_new   bytea;
  v_nodes bytea[];
  v_start bigint;
  v_from  bigint := p_size;
  v_end   bigint;
begin
  -- In steps, so that memory stays bounded whatever is new.
  while v_from < p_to loop
    v_end := least(p_to, v_from + 65536);
    select array_agg(l.leaf_hash order by l.leaf_index) into v_nodes
      from dot.audit_leaf l where l.leaf_index >= v_from and l.leaf_index < v_end;
    if coalesce(cardinality(v_nodes), 0) <> v_end - v_from then
      raise exception using errcode = 'DT500', message = format('the log has gaps between leaves %s and %s', v_from, v_end), hint = 'Run: dot audit verify';
    end if;
    v_new := '';
    v_start := v_from;
    -- Level by level: nodes from v_start on. A node without its left sibling takes it from the old frontier; one without a
    -- right sibling is part of the new one.
    while cardinality(v_nodes) > 0 loop
      if v_start % 2 = 1 then
        v_nodes := substr(v_old, octet_length(v_old) - 31, 32) || v_nodes;
        v_old := substr(v_old, 1, octet_length(v_old) - 32);
        v_start := v_start - 1;
      end if;
      if cardinality(v_nodes) % 2 = 1 then
        v_new := v_nodes[cardinality(v_nodes)] || v_new;
      end if;
      select coalesce(array_agg(sha256('\x01'::bytea || p.node || p.next) order by p.n), '{}') into v_nodes
        from (select u.node, u.n, lead(u.node) over (order by u.n) as next from unnest(v_nodes) with ordinality u(node, n)) p
       where p.n % 2 = 1 and p.next is not null;
      v_start := v_start / 2;
    end loop;
    v_old := v_old || v_new;
    v_from := v_end;
  end loop;
  return v_old;
end
$$;
comment on function dot.fn_audit_frontier(bytea, bigint, bigint) is
  'The frontier of the first p_to leaves, from that of the first p_size: the roots of the perfect subtrees, largest first, 32 bytes each. Reads the leaves between only. DT500 where one is missing.';
