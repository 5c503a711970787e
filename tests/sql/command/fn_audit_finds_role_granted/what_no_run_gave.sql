do $$
declare
  v_ann text := test.actor('ann', 'human', '{dot_operator}');
begin
  perform test.equal((select count(*)::int from dot.fn_audit_finds_role_granted()), 0, 'what comes with its role was given');
  execute format('grant dot_reviewer to %I', v_ann);
  perform test.equal((select string_agg(object || ': ' || detail, '; ') from dot.fn_audit_finds_role_granted()), format('ann: its login %s has dot_reviewer, which no run gave it', v_ann));
end
$$;
