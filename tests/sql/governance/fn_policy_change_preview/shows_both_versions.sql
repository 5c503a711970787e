do $$
declare
  v_policy text := (select policy_code from dot.approval_policy order by 1 limit 1);
begin
  assert dot.fn_policy_change_preview(jsonb_build_object('policy', v_policy, 'factors', '[]'::jsonb)) ?& '{from,to,version}';
end
$$;
