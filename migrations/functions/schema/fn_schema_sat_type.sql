create or replace function dot.fn_schema_sat_type(p_links jsonb, p_type text, p_todo jsonb, p_atoms jsonb, p_choices jsonb, p_stack text[], p_budget int) returns dot.schema_found
language plpgsql immutable set search_path = dot, pg_temp
as $$
declare
  v_todo    jsonb := p_todo;
  v_atoms   jsonb := p_atoms;
  v_choices jsonb := p_choices;
  v_left    jsonb;
  v_choice  jsonb;
  v_lit     jsonb;
  v_s       jsonb;
  v_parts   jsonb;
  v_target  jsonb;
  v_sub     dot.schema_found;
  v_budget  int := p_budget;
  v_open    boolean := false;
  v_why     text;
  v_key     text;
  v_kinds   text[];
  v_yes     text[];
  v_no      text[];
  v_not     boolean;
  v_base    text;
  v_at      bigint;
begin
  select coalesce(array_agg(a ->> 'h') filter (where a -> 'n' = 'false'), '{}'), coalesce(array_agg(a ->> 'h') filter (where a -> 'n' = 'true'), '{}'),
         coalesce(array_agg(concat(a ->> 'h', (a -> 'n')::boolean, a ->> 'k')), '{}')
    into strict v_yes, v_no, v_kinds from jsonb_array_elements(v_atoms) a;
  loop
    -- A step among many rules takes longer.
    v_budget := v_budget - 1 - pg_column_size(v_atoms) / 16000;
    if v_budget < 0 then
      return row('unknown', null, 'size', v_budget)::dot.schema_found;
    end if;
    v_lit := v_todo -> 0;
    if v_lit is null then
      -- Choices that what is known has settled.
      select coalesce(jsonb_agg(x.c order by x.n), '[]'), count(*) into strict v_left, v_at from (
        select jsonb_agg(b.branch order by b.n) filter (where not k.dead) as c, c.n
          from jsonb_array_elements(v_choices) with ordinality c(choice, n)
         cross join lateral jsonb_array_elements(c.choice) with ordinality b(branch, n)
         cross join lateral (
           select coalesce(bool_or(l -> 's' = l -> 'n' or l ->> 'h' = any (case l -> 'n' when 'true' then v_yes else v_no end)), false) as dead,
                  coalesce(bool_and((jsonb_typeof(l -> 's') = 'boolean' and l -> 's' <> l -> 'n') or l ->> 'h' = any (case l -> 'n' when 'true' then v_no else v_yes end)), true) as held
             from jsonb_array_elements(b.branch) l) k
         group by c.n having not bool_or(k.held)) x;
      v_budget := v_budget - (v_at / 4)::int;
      if exists (select 1 from jsonb_array_elements(v_left) c where c = 'null' or c = '[null]') then
        return row('proved', null, null, v_budget)::dot.schema_found;
      end if;
      select c -> 0 into v_choice from jsonb_array_elements(v_left) c where jsonb_array_length(c) = 1 limit 1;
      exit when not found;
      v_choices := v_left;
      v_todo := v_choice;
      continue when v_todo <> '[]';
      exit;
    end if;
    v_todo := v_todo - 0;
    v_s := v_lit -> 's';
    v_not := v_lit -> 'n' = 'true';
    if jsonb_typeof(v_s) = 'boolean' then
      if (v_s = 'true') = v_not then
        return row('proved', null, null, v_budget)::dot.schema_found;
      end if;
      continue;
    end if;
    -- What was said before, or its opposite.
    if not v_lit ? 'h' then
      v_lit := dot.fn_schema_keyed(v_lit);
    end if;
    v_key := v_lit ->> 'h';
    continue when v_key = any (case when v_not then v_no else v_yes end) and (concat(v_key, v_not, 'atom') = any (v_kinds) or concat(v_key, v_not, v_lit ->> 'k') = any (v_kinds));
    if v_key = any (case when v_not then v_yes else v_no end) then
      return row('proved', null, null, v_budget)::dot.schema_found;
    end if;
    v_kinds := v_kinds || concat(v_key, v_not, v_lit ->> 'k');
    if v_not then
      v_no := v_no || v_key;
    else
      v_yes := v_yes || v_key;
    end if;
    v_atoms := v_atoms || jsonb_build_array(v_lit);
    continue when v_lit ->> 'k' in ('atom', 'opaque');
    v_base := v_lit ->> 'b';
    if jsonb_typeof(v_s -> '$id') = 'string' then
      v_base := regexp_replace(dot.fn_schema_uri(v_base, v_s ->> '$id'), '#$', '');
      -- It is resolved once.
      v_s := v_s - '$id';
    end if;

    -- {all: literals} goes on, {any: [[literals]]} is a choice.
    v_choice := null;
    if v_lit ->> 'k' = 'bool' then
      if v_s ?| array['$ref', '$dynamicRef'] then
        -- What is within the one is not outside of the other.
        if p_links ? 'lemma' and exists (
          select 1 from jsonb_array_elements(v_atoms) a
           where a ->> 'k' = 'bool' and a -> 's' ? '$ref' and a -> 'n' <> v_lit -> 'n'
             and p_links #>> array['lemma', case when v_not then concat(a ->> 'b', ' ', a #>> '{s,$ref}', '|', v_base, ' ', v_s ->> '$ref') else concat(v_base, ' ', v_s ->> '$ref', '|', a ->> 'b', ' ', a #>> '{s,$ref}') end, 'a'] = 'within')
        then
          return row('proved', null, null, v_budget)::dot.schema_found;
        end if;
        v_target := p_links #> array[v_lit ->> 'l', 'refs', v_base || ' ' || coalesce(v_s ->> '$ref', v_s ->> '$dynamicRef')];
        if v_target -> 'schema' is null then
          return row('unknown', null, '$ref', v_budget)::dot.schema_found;
        end if;
        v_todo := v_todo || jsonb_build_array(jsonb_build_object('s', v_target -> 'schema', 'n', v_lit -> 'n', 'b', v_target -> 'base', 'l', v_lit -> 'l'));
      elsif v_s ? 'not' then
        v_todo := v_todo || jsonb_build_array(jsonb_build_object('s', v_s -> 'not', 'n', not v_not, 'b', v_base, 'l', v_lit -> 'l'));
      elsif v_s ? 'anyOf' then
        select jsonb_agg(jsonb_build_object('s', e, 'n', v_not, 'b', v_base, 'l', v_lit -> 'l')) into v_parts from jsonb_array_elements(v_s -> 'anyOf') e;
        if v_not then
          v_todo := v_todo || v_parts;
        else
          select jsonb_agg(jsonb_build_array(p)) into v_choice from jsonb_array_elements(v_parts) p;
        end if;
      elsif v_s ? 'oneOf' then
        if v_not then
          -- None, or one with any of those after it.
          select jsonb_agg(jsonb_build_array(jsonb_build_object('s', e, 'n', false, 'b', v_base, 'l', v_lit -> 'l'), case jsonb_array_length(x.after)
                   when 1 then jsonb_build_object('s', x.after -> 0, 'n', false, 'b', v_base, 'l', v_lit -> 'l')
                   else jsonb_build_object('s', jsonb_build_object('anyOf', x.after), 'n', false, 'b', v_base, 'l', v_lit -> 'l', 'k', 'bool') end) order by n)
            into v_choice
            from jsonb_array_elements(v_s -> 'oneOf') with ordinality a(e, n)
           cross join lateral (select jsonb_path_query_array(v_s -> 'oneOf', '$[$n to last]', jsonb_build_object('n', n)) as after) x
           where n < jsonb_array_length(v_s -> 'oneOf');
          select coalesce(v_choice, '[]') || jsonb_build_array(jsonb_agg(jsonb_build_object('s', e, 'n', true, 'b', v_base, 'l', v_lit -> 'l'))) into v_choice from jsonb_array_elements(v_s -> 'oneOf') e;
        else
          select jsonb_agg(jsonb_build_array(jsonb_build_object('s', e, 'n', false, 'b', v_base, 'l', v_lit -> 'l'))
                   || case when jsonb_array_length(v_s -> 'oneOf') > 1 then jsonb_build_array(jsonb_build_object('s', jsonb_build_object('anyOf', (v_s -> 'oneOf') - (n - 1)::int), 'n', true, 'b', v_base, 'l', v_lit -> 'l', 'k', 'bool')) else '[]' end order by n)
            into v_choice from jsonb_array_elements(v_s -> 'oneOf') with ordinality a(e, n);
        end if;
      else
        v_choice := jsonb_build_array(
          jsonb_build_array(jsonb_build_object('s', v_s -> 'if', 'n', false, 'b', v_base, 'l', v_lit -> 'l'), jsonb_build_object('s', v_s -> 'then', 'n', v_not, 'b', v_base, 'l', v_lit -> 'l')),
          jsonb_build_array(jsonb_build_object('s', v_s -> 'if', 'n', true, 'b', v_base, 'l', v_lit -> 'l'), jsonb_build_object('s', v_s -> 'else', 'n', v_not, 'b', v_base, 'l', v_lit -> 'l')));
      end if;
    else
      select coalesce(jsonb_agg(jsonb_build_object('s', a.atom, 'n', v_not, 'b', v_base, 'l', v_lit -> 'l', 'k', nullif(a.kind, 'schema')) order by a.kind, length(a.atom::text)), '[]')
        into v_parts from dot.fn_schema_atoms(v_s, p_type) a;
      if not v_not then
        v_todo := v_todo || v_parts;
      else
        select coalesce(jsonb_agg(case
                 -- Not so many of a kind is fewer, or more.
                 when p -> 's' ? 'contains' and coalesce(p ->> 'k', '') = 'atom' then jsonb_build_array(jsonb_build_object('s', c.s, 'n', false, 'b', v_base, 'l', v_lit -> 'l', 'k', 'atom'))
                 else jsonb_build_array(p) end), '[]')
          into v_choice
          from jsonb_array_elements(v_parts) p
         cross join lateral (
           select null::jsonb as s where not (p -> 's' ? 'contains' and coalesce(p ->> 'k', '') = 'atom')
           union all
           select jsonb_build_object('contains', p #> '{s,contains}', 'minContains', 0, 'maxContains', (p #> '{s,minContains}')::numeric - 1)
            where p -> 's' ? 'contains' and coalesce(p ->> 'k', '') = 'atom' and (p #> '{s,minContains}')::numeric >= 1
           union all
           select jsonb_build_object('contains', p #> '{s,contains}', 'minContains', (p #> '{s,maxContains}')::numeric + 1)
            where p -> 's' ? 'contains' and coalesce(p ->> 'k', '') = 'atom' and p -> 's' ? 'maxContains') c;
      end if;
    end if;
    if v_choice is not null then
      if jsonb_array_length(v_choice) = 0 then
        return row('proved', null, null, v_budget)::dot.schema_found;
      elsif jsonb_array_length(v_choice) = 1 then
        v_todo := v_todo || (v_choice -> 0);
      else
        v_choices := v_choices || jsonb_build_array((
          select jsonb_agg((select coalesce(jsonb_agg(dot.fn_schema_keyed(l) order by i), '[]') from jsonb_array_elements(b.branch) with ordinality l(l, i)) order by b.n)
            from jsonb_array_elements(v_choice) with ordinality b(branch, n)));
      end if;
    end if;
  end loop;

  if v_left = '[]' then
    return dot.fn_schema_solve(p_links, p_type, v_atoms, p_stack, v_budget);
  end if;
  -- What contradicts itself does so in every branch.
  if p_type = 'object' then
    v_sub := dot.fn_schema_clash(p_links, v_atoms, v_budget);
    if v_sub.answer = 'proved' then
      return v_sub;
    end if;
  end if;
  -- The smallest choice first; the others wait in each of its branches.
  select c, n into strict v_choice, v_at from jsonb_array_elements(v_left) with ordinality x(c, n) order by jsonb_array_length(c), n limit 1;
  v_left := v_left - (v_at - 1)::int;
  for v_lit in select e from jsonb_array_elements(v_choice) e loop
    v_sub := dot.fn_schema_sat_type(p_links, p_type, v_lit, v_atoms, v_left, p_stack, v_budget);
    v_budget := v_sub.budget;
    if v_sub.answer = 'refuted' then
      return v_sub;
    elsif v_sub.answer = 'unknown' then
      v_open := true;
      v_why := coalesce(v_why, v_sub.why);
    end if;
  end loop;
  return row(case when not v_open then 'proved' else 'unknown' end, null, v_why, v_budget)::dot.schema_found;
end
$$;
comment on function dot.fn_schema_sat_type(jsonb, text, jsonb, jsonb, jsonb, text[], int) is
  'fn_schema_sat for the values of one JSON type: takes the literals in p_todo apart until only rules about the type are left in p_atoms, then asks fn_schema_solve. p_choices: disjunctions [[[literal]]] not yet decided, one branch of each of which must hold.';
