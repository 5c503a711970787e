create or replace function dot.fn_schema_regex_emit(p_tree jsonb, p_pattern text, p_referred int[], p_kept int[], p_look text, inout p_sure int[], inout p_maybe int[], out o_regex text)
language plpgsql immutable parallel safe set search_path = dot, pg_temp set standard_conforming_strings = on
as $$
declare
  v_sure   int[] := p_sure;
  v_maybe  int[] := p_maybe;
  v_inner  int[];
  v_lo     int := (p_tree -> 'lo')::int;
  v_hi     int := nullif(p_tree -> 'hi', 'null')::int;
  v_group  int := (coalesce(p_tree -> 'group', p_tree -> 'to'))::int;
  v_part   record;
  v_sub    record;
begin
  o_regex := '';
  case p_tree ->> 't'
  when 'c', 'b' then
    o_regex := p_tree ->> 're';
  when 'k' then
    -- A group that took no part has matched the empty text.
    if not v_group = any (p_maybe) then
      o_regex := '(?:)';
    elsif v_group = any (p_sure) and p_look = '' then
      o_regex := format('(?:\%s)', array_position(p_kept, v_group));
    else
      perform dot.fn_schema_regex_refuse(p_pattern, (p_tree -> 'offset')::int, format('refers to group %s, which is not supported here', v_group),
        'A group can be referred to where it must have matched: it is not in one of several alternatives, and neither it nor the reference is in a lookaround or in what is repeated.');
    end if;
  when 's' then
    -- Looking behind, ECMA-262 goes from right to left.
    for v_part in select e, n from jsonb_array_elements(p_tree -> 'x') with ordinality x(e, n) order by case when p_look like '(?<%' then -n else n end loop
      if v_part.e ? 're' then
        o_regex := case when p_look like '(?<%' then (v_part.e ->> 're') || o_regex else o_regex || (v_part.e ->> 're') end;
      else
        v_sub := dot.fn_schema_regex_emit(v_part.e, p_pattern, p_referred, p_kept, p_look, p_sure, p_maybe);
        o_regex := case when p_look like '(?<%' then v_sub.o_regex || o_regex else o_regex || v_sub.o_regex end;
        p_sure := v_sub.p_sure;
        p_maybe := v_sub.p_maybe;
      end if;
    end loop;
    -- An empty alternative is no expression in PostgreSQL.
    o_regex := coalesce(nullif(o_regex, ''), '(?:)');
  when 'r' then
    -- In each round the groups within it begin anew.
    v_inner := case when p_referred <> '{}' then array(select (g #>> '{}')::int from jsonb_path_query(p_tree, 'strict $.**.group') g) end;
    p_sure := array(select unnest(p_sure) except select unnest(v_inner));
    v_sub := dot.fn_schema_regex_emit(p_tree -> 'x', p_pattern, p_referred, p_kept, coalesce(nullif(p_look, ''), '*'), p_sure, array(select unnest(p_maybe) except select unnest(v_inner)));
    p_maybe := case when v_hi = 0 then array(select unnest(p_maybe) except select unnest(v_inner)) else v_sub.p_maybe end;
    o_regex := dot.fn_schema_regex_times(v_sub.o_regex, v_lo, v_hi);
  else
    p_look := coalesce(p_tree ->> 'open', p_look);
    for v_part in select e, n from jsonb_array_elements(p_tree -> 'x') with ordinality x(e, n) order by n loop
      v_sub := dot.fn_schema_regex_emit(v_part.e, p_pattern, p_referred, p_kept, p_look, v_sure, v_maybe);
      o_regex := o_regex || case when v_part.n > 1 then '|' else '' end || v_sub.o_regex;
      p_sure := case v_part.n when 1 then v_sub.p_sure else array(select unnest(p_sure) intersect select unnest(v_sub.p_sure)) end;
      p_maybe := array(select unnest(p_maybe) union select unnest(v_sub.p_maybe));
    end loop;
    if p_tree ? 'open' then
      -- PostgreSQL keeps nothing of a lookaround, and ECMA-262 what has matched in one that had to match.
      p_sure := v_sure;
      p_maybe := case when p_tree ->> 'open' in ('(?!', '(?<!') then v_maybe else p_maybe end;
      o_regex := (p_tree ->> 'open') || o_regex || ')';
    else
      p_sure := p_sure || case when v_group = any (p_kept) then array[v_group] end;
      p_maybe := p_maybe || case when v_group = any (p_referred) then array[v_group] end;
      o_regex := case when v_group = any (p_kept) then '(' else '(?:' end || o_regex || ')';
    end if;
  end case;
end
$$;
comment on function dot.fn_schema_regex_emit(jsonb, text, int[], int[], text, int[], int[]) is
  'A tree of fn_schema_regex_tree as an expression of PostgreSQL. p_referred: the groups that are referred to; p_kept: those of them that stand in no lookaround and in nothing that is repeated, which alone keep what they match. p_look: the opening of the innermost lookaround around it, * within what is repeated, or ''''. p_sure and p_maybe: the groups that must have matched, or may have, when ECMA-262 comes here, and afterwards. DT400, which names p_pattern, for a reference that PostgreSQL could decide otherwise.';
