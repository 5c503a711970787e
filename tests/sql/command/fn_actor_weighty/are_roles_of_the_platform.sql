do $$
begin
  perform test.equal(dot.fn_actor_roles('human', array_remove(dot.fn_actor_weighty(), 'dot_gateway')), array_remove(dot.fn_actor_weighty(), 'dot_gateway'));
  perform test.equal(dot.fn_actor_roles('service', '{dot_gateway}'), '{dot_gateway}'::text[], 'and no person is a gateway');
  perform test.raises('DT400', $q$select dot.fn_actor_roles('human', '{dot_gateway}')$q$);
end
$$;
