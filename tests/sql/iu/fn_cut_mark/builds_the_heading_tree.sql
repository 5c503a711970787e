do $$
declare
  v_pieces text[] := array[e'# Top\n', e'### Skips a level\n', e'## Second: the "rules" \n', e'## Second\n', e'### Notes\n', e'## Second\n', e'### Notes\n',
    e'###### Deep\n', e'# Điều 1\n', e'#  \n', e'### Notes\n'];
begin
  perform dot.fn_iu_import(dot.fn_phase0_scratch('t.md', v_pieces));
  assert (select array_agg(t.path order by t.span_start) from dot.iu_tree_path t)
    = array['top', 'top/skips-a-level', 'top/second-the-rules', 'top/second', 'top/second/notes', 'top/second~2', 'top/second~2/notes',
            'top/second~2/notes/deep', 'Điều-1', 'untitled', 'untitled/notes'],
    (select array_agg(t.path order by t.span_start) from dot.iu_tree_path t)::text;
end
$$;
