do $$
begin
  assert dot.fn_policy_derive('p', '{}', null) @> '{"version": 1}' and dot.fn_policy_derive('p', '{}', null) ->> 'made_by' is not null;
end
$$;
