create or replace function dot.fn_schema_regex_graph(
  p_tree jsonb, inout p_classes text[], inout p_from int[], inout p_to int[], out o_nullable boolean, out o_first int[], out o_last int[])
language plpgsql immutable parallel safe set search_path = dot, pg_temp
as $$
declare
  v_part jsonb;
  v_sub  record;
  v_lo   int;
  v_hi   int;
  v_past int;
  v_ends int[] := array[]::int[];
  v_next int[] := array[]::int[];
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
    -- x? repeated is x repeated from 0 times on: then each copy of x reads something, and only the next one follows it.
    v_part := p_tree -> 'x';
    v_sub := dot.fn_schema_regex_graph(v_part, '{}', '{}', '{}');
    v_lo := case when v_sub.o_nullable then 0 else (p_tree -> 'lo')::int end;
    v_hi := nullif(p_tree -> 'hi', 'null')::int;
    o_nullable := v_lo = 0;
    for v_copy in 1..coalesce(v_hi, greatest(v_lo, 1)) loop
      v_past := cardinality(p_classes);
      p_classes := p_classes || v_sub.p_classes;
      v_next := array(select f + v_past from unnest(v_sub.o_first) f);
      p_from := p_from || array(select e + v_past from unnest(v_sub.p_from) with ordinality x(e, n) order by n) || array(select l from unnest(v_ends) l cross join unnest(v_next) f order by l, f);
      p_to := p_to || array(select e + v_past from unnest(v_sub.p_to) with ordinality x(e, n) order by n) || array(select f from unnest(v_ends) l cross join unnest(v_next) f order by l, f);
      v_ends := array(select l + v_past from unnest(v_sub.o_last) l);
      o_first := case v_copy when 1 then v_next else o_first end;
      o_last := case when v_copy >= v_lo then o_last || v_ends else o_last end;
    end loop;
    if v_hi is null then
      p_from := p_from || array(select l from unnest(v_ends) l cross join unnest(v_next) f order by l, f);
      p_to := p_to || array(select f from unnest(v_ends) l cross join unnest(v_next) f order by l, f);
    end if;
  end case;
end
$$;
comment on function dot.fn_schema_regex_graph(jsonb, text[], int[], int[]) is
  'The places of a tree of fn_schema_regex_tree without lookarounds, edges of words, references and properties, added to those there are: p_classes, the characters of each place; p_from and p_to, which place may follow which; whether the tree matches the empty text, and the places that it begins and ends with (Glushkov).';
