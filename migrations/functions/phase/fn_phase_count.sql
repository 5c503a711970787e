create or replace function dot.fn_phase_count(p_answer jsonb) returns bigint
language sql immutable set search_path = dot, pg_temp
as $$
  select case
    when p_answer ->> 'error' is null and jsonb_array_length(p_answer -> 'rows') = 1
      and (select count(*) = 1 and bool_and(jsonb_typeof(m.value) = 'number' and m.value::text ~ '^[0-9]{1,18}$') from jsonb_each(p_answer #> '{rows,0}') m)
    then (select m.value::bigint from jsonb_each(p_answer #> '{rows,0}') m) end
$$;
comment on function dot.fn_phase_count(jsonb) is
  'The count that an answer of fn_phase_ask is: one row of one column with a whole number that is not negative. Null for anything else: no count must not pass for none.';
