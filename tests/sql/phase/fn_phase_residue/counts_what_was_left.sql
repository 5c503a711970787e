do $$
begin
  assert dot.fn_phase_residue('0') = '{"ok": true, "documents": 0, "consumers": 0, "decisions": 0}', dot.fn_phase_residue('0')::text;
  assert dot.fn_phase_residue('1') = '{"ok": true, "jobs": 0, "requests": 0, "workers": 0}', dot.fn_phase_residue('1')::text;
end
$$;
-- What cannot be counted is not nothing.
savepoint counted;
drop table dot.consumer_registry cascade;
do $$
begin
  assert dot.fn_phase_residue('0') @> '{"ok": false, "documents": 0}', dot.fn_phase_residue('0')::text;
  assert dot.fn_phase_residue('0') ->> 'consumers' like '%consumer_registry%', dot.fn_phase_residue('0')::text;
end
$$;
rollback to counted;
do $$
begin
  perform dot.fn_iu_import(dot.fn_phase0_scratch('phase0/scratch-x.md', array[e'# A\n']));
  assert dot.fn_phase_residue('0') @> '{"ok": false, "documents": 1}', dot.fn_phase_residue('0')::text;
end
$$;
