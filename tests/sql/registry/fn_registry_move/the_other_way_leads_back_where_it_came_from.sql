do $$
begin
  assert dot.fn_registry_move('tags', 'policy', 'deprecated', 'old') #> '{inverse,registry}' = '"tags"';
  assert dot.fn_registry_move('tags', 'policy', 'archived', 'older') -> 'inverse' = 'null', 'from deprecated to archived there is no one step back';
  perform test.refused(dot.fn_registry_move('policies', 'iu_split', 'archived', 'x'), 'other_commands');
end
$$;
