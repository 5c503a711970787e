-- With a bound it does one duty at least, and goes on where it ended; each duty has its turn.
do $$
declare
  v_done  jsonb;
  v_after text;
  v_names text[] := '{}';
begin
  for n in 1 .. 20 loop
    v_done := dot.fn_job_housekeeping(v_after, interval '0');
    assert v_done -> 'failing' = '[]', v_done::text;
    v_names := v_names || array(select k from jsonb_object_keys(v_done - 'failing' - 'after') k);
    v_after := v_done ->> 'after';
    exit when v_after is null;
  end loop;
  perform test.equal(v_names, array['forgotten', 'fired', 'batches', 'delivered', 'silent', 'reaped', 'partitions_dropped']);
  assert dot.fn_job_housekeeping('silent') ?& array['reaped', 'partitions_dropped'] and not dot.fn_job_housekeeping('silent') ? 'forgotten';
end
$$;
