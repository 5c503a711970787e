do $$
declare
  v_letters bigint[] := test.dead(2);
begin
  assert dot.fn_dlq_discard(array[v_letters[1]::text, '0'], 'old') @> '{"discarded": 1, "not_open": ["0"], "partial": true}';
  assert dot.fn_dlq_discard(v_letters::text[], 'old') @> '{"discarded": 1, "partial": true}', 'each once';
  perform test.raises('DT400', $q$select dot.fn_dlq_discard('{1}', ' ')$q$);
  perform test.raises('DT400', $q$select dot.fn_dlq_discard('{}', 'x')$q$);
  perform test.raises('DT400', $q$select dot.fn_dlq_discard('{a}', 'x')$q$);
end
$$;
