-- A setting that was changed by hand is named until its command puts it back; the run says what it was found to be.
do $$
declare
  v_said jsonb;
begin
  perform dot.fn_gate_set('iu.search.inline_bytes', '4096');
  perform test.equal((select dot.fn_gate_recorded(c) from dot.dot_config c where c.config_key = 'iu.search.inline_bytes'), '4096'::jsonb);
  update dot.dot_config set value = '16384' where config_key = 'iu.search.inline_bytes';
  perform test.equal((select dot.fn_gate_recorded(c) from dot.dot_config c where c.config_key = 'iu.search.inline_bytes'), '4096'::jsonb);
  perform test.equal((select count(*) from dot.fn_audit_finds_setting_edited()), 1::bigint);
  v_said := dot.fn_gate_set('iu.search.inline_bytes', '4096', '16384');
  assert v_said @> '{"former": "4096", "found": "16384", "changed": true}', v_said::text;
  perform test.equal((select count(*) from dot.fn_audit_finds_setting_edited()), 0::bigint);
  perform test.equal((select string_agg(f.detail, ', ') from dot.fn_audit_finds_setting_history_edited() f), null);
  -- To what somebody made it by hand, too.
  update dot.dot_config set value = '16384' where config_key = 'iu.search.inline_bytes';
  v_said := dot.fn_gate_set('iu.search.inline_bytes', '16384');
  assert v_said @> '{"former": "4096", "found": "16384", "changed": true}', v_said::text;
  perform test.equal((select count(*) from dot.fn_audit_finds_setting_edited()), 0::bigint);
  assert not dot.fn_gate_set('iu.search.inline_bytes', '16384') ? 'found';
end
$$;
