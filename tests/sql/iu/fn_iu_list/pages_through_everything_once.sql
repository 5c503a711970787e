do $$
declare
  v_seen  uuid[] := '{}';
  v_page  uuid[];
  v_after text;
begin
  perform dot.fn_iu_import(dot.fn_phase0_scratch('a.md', array[e'# 1\n', e'# 2\n', e'# 3\n']) || dot.fn_phase0_scratch('b@0000000001.md', array[e'# 1\n', e'# 2\n']));
  loop
    select array_agg(l.unit), max(l.place) into v_page, v_after from dot.fn_iu_list(p_after => v_after, p_limit => 2) l;
    exit when v_page is null;
    v_seen := v_seen || v_page;
  end loop;
  assert cardinality(v_seen) = 5 and (select count(distinct u) from unnest(v_seen) u) = 5, v_seen::text;
end
$$;
