do $$
declare
  v_size bigint := (dot.fn_audit_append(true, 100000) ->> 'size')::bigint;
begin
  insert into dot.audit_checkpoint (size, root, origin, key_id, note, frontier, run_id, made_at)
  values (v_size + 1, sha256(''), 'o', '00000000', 'n', '', gen_random_uuid(), clock_timestamp());
  perform test.raises('DT409', 'select dot.fn_audit_append(false, 100000)', '%were signed: its end was cut off%');
end
$$;
