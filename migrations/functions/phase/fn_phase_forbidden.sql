create or replace function dot.fn_phase_forbidden(p_phase text)
returns table (item text, query text, result bigint, ok boolean, error text)
language plpgsql stable security definer set search_path = dot, pg_temp
as $$
declare
  v_answer jsonb;
begin
  for item, query in
    select f.f ->> 'item', f.f ->> 'query'
      from dot.phase_registry p cross join lateral jsonb_array_elements(p.forbidden) with ordinality as f(f, n)
     where p.phase_code = p_phase and p.status = 'active' order by f.n
  loop
    v_answer := dot.fn_phase_ask(query);
    result := dot.fn_phase_count(v_answer);
    error := coalesce(v_answer ->> 'error', case when result is null then 'it gave no count: one row of one whole number' end);
    ok := coalesce(result = 0, false);
    return next;
  end loop;
end
$$;
comment on function dot.fn_phase_forbidden(text) is
  'What must not happen in a phase, each looked for by its query, which counts the cases; ok when there are none. One that cannot be asked is not ok, and error says why.';
