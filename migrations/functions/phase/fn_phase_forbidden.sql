create or replace function dot.fn_phase_forbidden(p_phase text)
returns table (item text, query text, result bigint, ok boolean, error text)
language plpgsql stable security definer set search_path = dot, pg_temp
as $$
declare
  v_answer jsonb;
  v_value  jsonb;
begin
  for item, query in
    select f.f ->> 'item', f.f ->> 'query'
      from dot.phase_registry p cross join lateral jsonb_array_elements(p.forbidden) with ordinality as f(f, n)
     where p.phase_code = p_phase and p.status = 'active' order by f.n
  loop
    v_answer := dot.fn_phase_ask(query);
    v_value := jsonb_path_query_first(v_answer, '$.rows[0].*');
    error := coalesce(v_answer ->> 'error',
      case when jsonb_array_length(v_answer -> 'rows') <> 1 or jsonb_typeof(v_value) is distinct from 'number' then 'it gave no count' end);
    result := case when error is null then v_value::bigint end;
    ok := coalesce(result = 0, false);
    return next;
  end loop;
end
$$;
comment on function dot.fn_phase_forbidden(text) is
  'What must not happen in a phase, each looked for by its query, which counts the cases; ok when there are none. One that cannot be asked is not ok, and error says why.';
