do $$
declare
  v_letters bigint[] := test.dead(3);
begin
  perform dot.fn_dlq_discard(array[v_letters[1]::text], 'old');
  perform test.equal((select array_agg(letter) from dot.fn_dlq_list()), array[v_letters[3], v_letters[2]]);
  perform test.equal((select array_agg(letter) from dot.fn_dlq_list('discarded')), v_letters[1:1]);
  perform test.equal((select array_agg(letter) from dot.fn_dlq_list('all', p_after => v_letters[3]::text, p_limit => 1)), v_letters[2:2]);
  perform test.equal((select array_agg(distinct message) from dot.fn_dlq_list(p_failure_class => 'permanent')), '{bad}'::text[]);
  assert not exists (select 1 from dot.fn_dlq_list(p_kind => 'system.noop')) and not exists (select 1 from dot.fn_dlq_list(p_since => now() + interval '1 day'));
end
$$;
