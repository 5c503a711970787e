-- Whoever may seal and has no key: the id of the key stands in every checkpoint.
do $$
declare
  v_worker constant text := test.login('w', '{dot_worker}');
  v_key    constant text := test.log_key('a');
  v_note   text;
  v_case   record;
begin
  perform dot.fn_audit_seal();
  v_note := test.checkpoint('a');
  for v_case in
    select * from (values
      ('none', decode(repeat('00', 64), 'hex')),
      ('any', sha512('any')),
      ('of another key', test.ed25519('b', convert_to(left(v_note, strpos(v_note, E'\n\n')), 'UTF8'))),
      ('of another text', test.ed25519('a', convert_to(v_note, 'UTF8')))) c(what, signature)
  loop
    perform test.equal(dot.fn_audit_checkpoint(test.checkpoint('a', 'test', v_case.signature), v_key) ->> 'reason', 'signature_invalid', v_case.what);
  end loop;
  perform test.equal(dot.fn_audit_checkpoint(test.checkpoint('a'), test.log_key('b')) ->> 'reason', 'signature_invalid', 'another key');
  perform test.equal(dot.fn_audit_checkpoint(test.checkpoint('a'), test.log_key('a', 'test2')) ->> 'reason', 'signature_invalid', 'a key of another name');
  perform test.equal(dot.fn_audit_checkpoint(regexp_replace(v_note, '— test ....', '— test AAAA'), v_key) ->> 'reason', 'signature_invalid', 'the id of another');
  assert not exists (select 1 from dot.audit_log_key) and not exists (select 1 from dot.audit_checkpoint), 'nothing is kept of that';
  assert dot.fn_audit_checkpoint(v_note, v_key) ? 'checkpoint';
  perform test.equal(test.by(v_worker, format('select dot.fn_audit_checkpoint(%L, %L) ->> ''reason''', test.checkpoint('a', 'test', sha512('any')), v_key)), 'signature_invalid', 'nor later');
  -- What no signature covers could be anything, also for who verifies it with an older key of this log.
  perform test.raises('DT400', format('select dot.fn_audit_checkpoint(%L, %L)', v_note || split_part(test.checkpoint('b', 'test', sha512('any')), E'\n\n', 2), v_key));
  perform test.raises('DT400', format('select dot.fn_audit_checkpoint(%L, %L)', v_note || E'— other AAAA\n', v_key));
  -- The last digit before the sign has two bits that say nothing, and that others insist on.
  perform test.raises('DT400', format('select dot.fn_audit_checkpoint(%L, %L)', overlay(v_note placing chr(ascii(substr(v_note, length(v_note) - 2, 1)) + 1) from length(v_note) - 2 for 1), v_key));
end
$$;
-- What is no key.
do $$
declare
  v_key   text;
  v_small constant bytea := '\x01'::bytea || dot.fn_number_bytes(1, 32);
  v_said  text := split_part(test.checkpoint('a'), E'\n\n', 1) || E'\n';
begin
  foreach v_key in array array[null, '', 'test', test.public_key('a'), test.log_key('a') || E'\n', test.log_key('a') || 'A', regexp_replace(test.log_key('a'), '\+.{8}\+', '+00000000+'),
    'test2' || substr(test.log_key('a'), 5), (select format('test+%s+%s', encode(substr(sha256(E'test\n' || k), 1, 4), 'hex'), encode(k, 'base64')) from (select set_byte(v_small, 0, 2) as k) k)]
  loop
    perform test.raises('DT400', format('select dot.fn_audit_checkpoint(%L, %L)', test.checkpoint('a'), v_key));
  end loop;
  -- One of small order would have every signature.
  v_key := encode(substr(sha256(E'test\n' || v_small), 1, 4), 'hex');
  perform test.equal(dot.fn_audit_checkpoint(
    format(E'%s\n— test %s\n', v_said, translate(encode(decode(v_key, 'hex') || dot.fn_number_bytes(1, 32) || dot.fn_number_bytes(0, 32), 'base64'), chr(10), '')),
    format('test+%s+%s', v_key, encode(v_small, 'base64'))) ->> 'reason', 'signature_invalid');
end
$$;
