do $$
begin
  perform test.equal((select count(*) from dot.fn_policy_list()), (select count(distinct policy_code) from dot.approval_policy where status = 'active'));
  assert (select count(*) from dot.fn_policy_list(true)) >= (select count(*) from dot.fn_policy_list());
end
$$;
