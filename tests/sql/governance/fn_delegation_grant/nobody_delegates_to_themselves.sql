do $$
begin
  perform set_config('dot.actor', 'ann', true), set_config('dot.actor_kind', 'human', true);
  perform test.refused(dot.fn_delegation_grant('ann', now() + interval '1 day', 'away'), 'delegation_to_self');
  perform test.refused(dot.fn_delegation_grant('ANN', now() + interval '1 day', 'away'), 'delegation_to_self');
end
$$;
