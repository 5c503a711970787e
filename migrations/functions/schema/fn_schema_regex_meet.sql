create or replace function dot.fn_schema_regex_meet(p_yes text[], p_no text[], p_lo int, p_wanted int, out o_complete boolean, out o_found text[])
language plpgsql immutable parallel safe set search_path = dot, pg_temp
as $$
declare
  c_most    constant int := 400;
  c_end     constant int := 1114112;
  v_all     text[] := p_yes || p_no;
  v_classes text[] := array[]::text[];
  v_from    int[] := array[]::int[];
  v_to      int[] := array[]::int[];
  v_sub     record;
  v_tree    jsonb;
  v_asked   int[] := array[]::int[];
  v_denied  int[] := array[]::int[];
  v_e_from  int[];
  v_e_sym   int[];
  v_e_to    int[];
  v_syms    int[];
  v_keys    text[];
  v_states  jsonb := '[]'::jsonb;
  v_texts   text[];
  v_at      int := 0;
  v_state   int[];
  v_text    text;
  v_key     text;
  v_next    record;
begin
  o_complete := false;
  o_found := '{}';
  for v_i in 1..cardinality(v_all) loop
    v_tree := dot.fn_schema_regex_tree(v_all[v_i]);
    -- What has no finite automaton, or a large one, is left out: then there are more texts here than there are, never fewer.
    continue when (v_tree -> 'n')::bigint > 300 or jsonb_path_exists(v_tree, 'strict $.** ? (@.t == "l" || @.t == "b" || @.t == "k" || @.t == "c" && @.x == null)');
    select * into v_sub from dot.fn_schema_regex_graph(v_tree, v_classes, v_from, v_to);
    if cardinality(v_sub.p_classes) > 600 or cardinality(v_sub.p_from) > 12000 then
      return;
    end if;
    if v_sub.o_nullable and v_i > cardinality(p_yes) then
      -- What matches every text cannot fail to match.
      o_complete := true;
      return;
    end if;
    continue when v_sub.o_nullable;
    -- One start or end directly after another reads nothing, which these places cannot tell.
    continue when exists (select 1 from unnest(v_sub.p_from, v_sub.p_to) e(f, t) where v_sub.p_classes[e.f] in ('{[0,1)}', '{[1114112,1114113)}')
                             and v_sub.p_classes[e.t] in ('{[0,1)}', '{[1114112,1114113)}') and (v_sub.p_classes[e.f], v_sub.p_classes[e.t]) <> ('{[0,1)}', '{[1114112,1114113)}'));
    v_classes := v_sub.p_classes;
    -- It may begin anywhere, place 0, and has matched for good, place -i, once it is at one of its last.
    select v_sub.p_from || coalesce(array_agg(e.f), '{}'), v_sub.p_to || coalesce(array_agg(e.t), '{}') into v_from, v_to
      from (select 0 as f, t from unnest(v_sub.o_first) t) e;
    v_asked := case when v_i <= cardinality(p_yes) then v_asked || -v_i else v_asked end;
    v_denied := case when v_i > cardinality(p_yes) then v_denied || -v_i else v_denied end;
    v_e_from := v_e_from || array(select f from unnest(v_from, v_to) e(f, t) where t = any (v_sub.o_last) order by f, t);
    v_e_sym := v_e_sym || array(select t from unnest(v_from, v_to) e(f, t) where t = any (v_sub.o_last) order by f, t);
    v_e_to := v_e_to || array(select -v_i from unnest(v_from, v_to) e(f, t) where t = any (v_sub.o_last) order by f, t);
  end loop;
  v_e_from := v_from || v_e_from;
  v_e_sym := v_to || v_e_sym;
  v_e_to := v_to || v_e_to;
  -- Characters that the same places take are alike: one stands for them, a plain one where there is one.
  with class as (select distinct c::int4multirange as c from unnest(v_classes) c),
       cut as (select lower(r) as at from class cross join lateral unnest(c) r union select upper(r) from class cross join lateral unnest(c) r union values (1), (55296), (57344), (c_end), (0)),
       piece as (select at, lead(at, 1, c_end + 1) over (order by at) as stop from cut),
       alike as (
         select array(select c::text from class where c @> at order by 1) as taken,
                coalesce((select min(x) from unnest(array[97, 48, 65, 45, 95, 46, 32]) with ordinality y(x, n) where x >= at and x < stop group by n order by n limit 1), case when at < 33 and stop > 33 then 33 else at end) as code
           from piece where at > 0 and at < c_end and not (at >= 55296 and at < 57344))
  select array_agg(code) into v_syms from (select distinct on (taken) code from alike order by taken, case code when 97 then 0 when 48 then 1 when 65 then 2 else code end) x;
  select coalesce(array_agg(e.f), '{}'), coalesce(array_agg(s.s), '{}'), coalesce(array_agg(e.t), '{}') into v_e_from, v_e_sym, v_e_to
    from unnest(v_e_from, v_e_sym, v_e_to) e(f, c, t)
   cross join lateral (select v_classes[e.c]::int4multirange as class) k
   cross join lateral (select s from unnest(v_syms || 0 || c_end) s where k.class @> s) s;
  if cardinality(v_e_from) > 12000 then
    return;
  end if;
  v_state := array(select distinct t from unnest(v_e_from, v_e_sym, v_e_to) e(f, s, t) where f = 0 and s = 0 union select 0 order by 1);
  if v_state && v_denied then
    o_complete := true;
    return;
  end if;
  v_keys := array[v_state::text || case when p_lo > 0 then '0' else '' end];
  v_states := jsonb_build_array(to_jsonb(v_state));
  v_texts := array[''];
  -- In the order of length, each set of places once.
  while v_at < cardinality(v_keys) loop
    v_at := v_at + 1;
    if v_at > c_most then
      return;
    end if;
    v_text := v_texts[v_at];
    v_state := array(select e::int from jsonb_array_elements_text(v_states -> (v_at - 1)) e);
    for v_next in
      with step as materialized (
        select s, array_agg(distinct t) as at from unnest(v_e_from, v_e_sym, v_e_to) e(f, s, t) where f = any (v_state) group by s)
      select y.s, array(select distinct a from unnest(coalesce(p.at, '{}') || 0 || v_state) a where a <= 0 or a = any (p.at) order by 1) as at
        from unnest(v_syms || c_end) with ordinality y(s, n) left join step p using (s) order by y.s = c_end desc, y.n
    loop
      if v_next.s = c_end then
        if length(v_text) >= p_lo and v_next.at @> v_asked and not v_next.at && v_denied then
          o_found := o_found || v_text;
          if cardinality(o_found) >= p_wanted then
            return;
          end if;
        end if;
        continue;
      end if;
      continue when v_next.at && v_denied;
      v_key := v_next.at::text || case when p_lo > 0 then least(length(v_text) + 1, p_lo)::text else '' end;
      continue when v_key = any (v_keys);
      v_keys := v_keys || v_key;
      v_states := v_states || jsonb_build_array(to_jsonb(v_next.at));
      v_texts := v_texts || (v_text || chr(v_next.s));
    end loop;
  end loop;
  o_complete := true;
end
$$;
comment on function dot.fn_schema_regex_meet(text[], text[], int, int) is
  'Texts of at least p_lo characters that match every pattern in p_yes and none in p_no, the shortest first, up to p_wanted: by the automaton of all of them. o_complete: every kind of text was looked at, so that none found means that there is none, and no other is shorter than the first. Patterns with lookarounds, edges of words, references, properties of Unicode or more than 300 places count as if they were not there. DT400 as fn_schema_regex_tree.';
