do $$
begin
  perform dot.fn_registry_move('tags', 'policy', 'archived', 'old');
  perform test.refused(dot.fn_registry_move('tags', 'policy', 'deprecated', 'served again'), 'archived');
end
$$;
