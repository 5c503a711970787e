do $$
begin
  perform test.equal(dot.fn_actor_roles('human', dot.fn_actor_weighty()), dot.fn_actor_weighty());
end
$$;
