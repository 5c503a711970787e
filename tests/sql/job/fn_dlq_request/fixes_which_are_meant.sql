do $$
declare
  v_letters bigint[] := test.dead(3);
  v_asked   jsonb := dot.fn_dlq_request('mended', p_kind => 'system.noop_leased');
begin
  assert v_asked @> '{"state": "requested", "letters": 3}', v_asked::text;
  assert dot.fn_dlq_request('again', v_letters::text[]) ->> 'refused' = 'true', 'all are in another request';
  perform test.raises('DT400', $q$select dot.fn_dlq_request(' ', '{1}')$q$);
  perform test.raises('DT400', $q$select dot.fn_dlq_request('all of them')$q$, '%');
  perform test.equal((select array_agg(dead_letter_id order by 1) from dot.dlq_replay_item), v_letters);
end
$$;
