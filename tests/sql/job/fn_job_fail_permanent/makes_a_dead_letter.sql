do $$
declare
  v_letters bigint[] := test.dead(2);
begin
  perform test.equal((select array_agg(failure_class || ' ' || state) from dot.job_dead_letter where dead_letter_id = any (v_letters)), '{"permanent open","permanent open"}'::text[]);
end
$$;
