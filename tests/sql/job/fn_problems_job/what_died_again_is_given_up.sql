do $$
declare
  v_first bigint := (test.dead())[1];
  v_again bigint := (test.dead())[1];
  v_kind  text := (select k.job_kind from dot.job_dead_letter l join dot.job_kind_registry k using (kind_id) where l.dead_letter_id = v_again);
  v_cures text := $q$select string_agg(cure, ', ' order by cure) from dot.fn_problems_job() where signal = 'open_dead_letters'$q$;
  v_saw   text;
begin
  execute v_cures into v_saw;
  perform test.equal(v_saw, format('dot dlq request --kind %s --note WHY', v_kind));
  update dot.job_dead_letter set replay_of = v_first where dead_letter_id = v_again;
  execute v_cures into v_saw;
  perform test.equal(v_saw, format('dot dlq discard %s --note WHY --yes, dot dlq request %s --note WHY', v_again, v_first));
  assert (select what like '%died again of the same failure%' from dot.fn_problems_job() where cure like 'dot dlq discard%');
  -- Another failure is another matter.
  update dot.job_dead_letter set failure_class = 'another' where dead_letter_id = v_first;
  execute v_cures into v_saw;
  perform test.equal(v_saw, format('dot dlq request --kind %s --note WHY', v_kind));
  update dot.job_dead_letter set failure_class = 'another' where dead_letter_id = v_again;
  assert dot.fn_dlq_discard(array[v_again::text], 'x') @> '{"discarded": 1}';
  execute v_cures into v_saw;
  perform test.equal(v_saw, format('dot dlq request --kind %s --note WHY', v_kind));
end
$$;
