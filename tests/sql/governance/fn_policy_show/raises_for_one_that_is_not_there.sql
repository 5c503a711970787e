do $$
begin
  assert dot.fn_policy_show((select policy_code from dot.approval_policy order by 1 limit 1)) ? 'versions';
  perform test.raises('DT404', $q$select dot.fn_policy_show('none')$q$);
end
$$;
