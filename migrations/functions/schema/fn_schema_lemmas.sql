create or replace function dot.fn_schema_lemmas(p_links jsonb) returns jsonb
language plpgsql immutable set search_path = dot, pg_temp
as $$
declare
  v_refs   jsonb := p_links #> '{old,refs}';
  v_links  jsonb;
  v_lemmas jsonb;
  v_again  text[];
  v_failed boolean;
  v_pair   record;
  v_sub    dot.schema_found;
  v_budget int := 1500;
begin
  -- A pair for each reference that leads elsewhere on the other side.
  select jsonb_object_agg(p.mine || '|' || p.other, jsonb_build_object('a', 'within', 'mine', p.mine, 'other', p.other)) into v_lemmas
    from (select split_part(k, ' ', 1) || ' ' || m.mark || substr(k, position(' ' in k) + 5) as mine, k as other
            from jsonb_object_keys(v_refs) k cross join (values (''), ('also:')) m(mark) where substr(k, position(' ' in k) + 1, 4) = 'new:') p
   where v_refs ? p.mine;
  if v_lemmas is null or dot.fn_schema_endless(p_links -> 'old') is not null then
    return p_links;
  end if;
  -- All are taken to hold, of smaller values, until one does not follow from the others: then all are looked at again.
  v_again := array(select jsonb_object_keys(v_lemmas));
  while cardinality(v_again) > 0 and v_budget > 0 loop
    v_failed := false;
    for v_pair in
      select l.key, l.value from jsonb_each(v_lemmas) l where l.key = any (v_again) and l.value ->> 'a' = 'within' order by length(v_refs #>> array[l.value ->> 'other', 'schema']), l.key
    loop
      v_links := p_links || jsonb_build_object('lemma', v_lemmas);
      v_sub := dot.fn_schema_sat(v_links, jsonb_build_array(
        jsonb_build_object('s', v_refs #> array[v_pair.value ->> 'mine', 'schema'], 'n', false, 'b', v_refs #> array[v_pair.value ->> 'mine', 'base'], 'l', 'old'),
        jsonb_build_object('s', v_refs #> array[v_pair.value ->> 'other', 'schema'], 'n', true, 'b', v_refs #> array[v_pair.value ->> 'other', 'base'], 'l', 'old')), '{}', 400);
      v_budget := v_budget - greatest(400 - v_sub.budget, 1);
      if v_sub.answer <> 'proved' then
        v_failed := true;
        v_lemmas := jsonb_set(v_lemmas, array[v_pair.key, 'a'], to_jsonb(v_sub.answer::text));
        if v_sub.answer = 'refuted' then
          v_lemmas := jsonb_set(v_lemmas, array[v_pair.key, 'w'], v_sub.witness);
        end if;
      end if;
    end loop;
    -- Which of them a proof has used is not noted: it may have come to them through other references, in place.
    v_again := array(select l.key from jsonb_each(v_lemmas) l where v_failed and l.value ->> 'a' = 'within');
  end loop;
  if v_budget <= 0 then
    return p_links;
  end if;
  return p_links || jsonb_build_object('lemma', v_lemmas);
end
$$;
comment on function dot.fn_schema_lemmas(jsonb) is
  'For the links of fn_schema_contains: of each reference that leads elsewhere in the schema that is to contain the others, whether what it leads to here is within what it leads to there (a: within), or a value that tells them apart (w). Sound by induction over the size of values, since no reference leads to itself in place.';
