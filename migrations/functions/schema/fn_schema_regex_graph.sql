create or replace function dot.fn_schema_regex_graph(
  p_tree jsonb, inout p_classes text[], inout p_from int[], inout p_to int[], out o_nullable boolean, out o_first int[], out o_last int[])
language plpgsql immutable parallel safe set search_path = dot, pg_temp
as $$
declare
  v_part jsonb;
  v_sub  record;
  v_rest jsonb;
begin
  o_first := '{}';
  o_last := '{}';
  case p_tree ->> 't'
  when 'c' then
    p_classes := p_classes || (p_tree ->> 'x');
    o_first := array[cardinality(p_classes)];
    o_last := o_first;
    o_nullable := false;
  when 'a' then
    o_nullable := false;
    for v_part in select e from jsonb_array_elements(p_tree -> 'x') e loop
      select * into v_sub from dot.fn_schema_regex_graph(v_part, p_classes, p_from, p_to);
      p_classes := v_sub.p_classes; p_from := v_sub.p_from; p_to := v_sub.p_to;
      o_nullable := o_nullable or v_sub.o_nullable;
      o_first := o_first || v_sub.o_first;
      o_last := o_last || v_sub.o_last;
    end loop;
  when 's' then
    o_nullable := true;
    for v_part in select e from jsonb_array_elements(p_tree -> 'x') with ordinality x(e, n) order by n loop
      select * into v_sub from dot.fn_schema_regex_graph(v_part, p_classes, p_from, p_to);
      p_classes := v_sub.p_classes;
      select v_sub.p_from || coalesce(array_agg(l), '{}'), v_sub.p_to || coalesce(array_agg(f), '{}') into p_from, p_to from unnest(o_last) l cross join unnest(v_sub.o_first) f;
      o_first := case when o_nullable then o_first || v_sub.o_first else o_first end;
      o_last := case when v_sub.o_nullable then o_last || v_sub.o_last else v_sub.o_last end;
      o_nullable := o_nullable and v_sub.o_nullable;
    end loop;
  else
    if p_tree -> 'hi' = 'null' and p_tree -> 'lo' = '0' then
      select * into v_sub from dot.fn_schema_regex_graph(p_tree -> 'x', p_classes, p_from, p_to);
      p_classes := v_sub.p_classes;
      select v_sub.p_from || coalesce(array_agg(l), '{}'), v_sub.p_to || coalesce(array_agg(f), '{}') into p_from, p_to from unnest(v_sub.o_last) l cross join unnest(v_sub.o_first) f;
      o_first := v_sub.o_first;
      o_last := v_sub.o_last;
      o_nullable := true;
    else
      -- x{2,4} is xx(x(x)?)?, and x{2,} is xxx*.
      if p_tree -> 'hi' = 'null' then
        v_rest := jsonb_build_array(p_tree || '{"lo": 0}');
      else
        v_rest := '[]';
        for v_i in 1..(p_tree -> 'hi')::int - (p_tree -> 'lo')::int loop
          v_rest := jsonb_build_array(jsonb_build_object('t', 'a', 'x', jsonb_build_array('{"t": "s", "x": []}'::jsonb, jsonb_build_object('t', 's', 'x', jsonb_build_array(p_tree -> 'x') || v_rest))));
        end loop;
      end if;
      select * into v_sub from dot.fn_schema_regex_graph(jsonb_build_object('t', 's', 'x',
        coalesce((select jsonb_agg(p_tree -> 'x') from generate_series(1, (p_tree -> 'lo')::int)), '[]') || v_rest), p_classes, p_from, p_to);
      p_classes := v_sub.p_classes; p_from := v_sub.p_from; p_to := v_sub.p_to;
      o_nullable := v_sub.o_nullable;
      o_first := v_sub.o_first;
      o_last := v_sub.o_last;
    end if;
  end case;
end
$$;
comment on function dot.fn_schema_regex_graph(jsonb, text[], int[], int[]) is
  'The places of a tree of fn_schema_regex_tree, added to those there are: p_classes, the characters of each place; p_from and p_to, which place may follow which; whether the tree matches the empty text, and the places that it begins and ends with (Glushkov).';
