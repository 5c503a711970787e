create or replace function dot.fn_command_drift(p_planned jsonb, p_measured jsonb, p_images jsonb) returns void
language plpgsql immutable set search_path = dot, pg_temp
as $$
declare
  v_parts text[] := array(
    select k.name from (select jsonb_object_keys(p_planned || p_measured) as name) k
     where p_planned -> k.name is distinct from p_measured -> k.name and k.name <> 'sequences_not_rolled_back' order by 1);
begin
  raise exception using errcode = 'DT412',
    message = case when v_parts <@ array['rows_digest'] then 'rows would get other values than the plan says; nothing was changed'
      when v_parts <@ array['code_digest'] then 'the code has changed since the plan was made; nothing was changed'
      else 'the data has moved since the plan was made; nothing was changed' end,
    detail = jsonb_build_object('differs', to_jsonb(v_parts), 'planned', p_planned, 'measured', p_measured, 'rows', p_images)::text,
    hint = 'Look at the difference, make a new plan with --dry-run --plan-out FILE, and apply that.';
end
$$;
comment on function dot.fn_command_drift(jsonb, jsonb, jsonb) is
  'Raises DT412: what was measured is not what was planned. Its detail is {differs: [which parts], planned, measured, rows: images of what would have been changed now}.';
