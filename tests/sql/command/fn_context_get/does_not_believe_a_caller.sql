do $$
declare
  v_signed text;
  v_login  text;
begin
  perform dot.fn_context_put('birth', '{"source": "command"}');
  v_signed := current_setting('dot.birth');
  -- What is signed for one name, value or session is nothing for another.
  perform set_config('dot.applies', v_signed, true);
  perform set_config('dot.job_for', left(v_signed, 64) || '{"source": "catalog"}', true);
  grant execute on function dot.fn_context_get(text) to dot_reader;
  foreach v_login in array array['reader', 'operator', 'reviewer', 'worker', 'agent', 'admin', 'breakglass'] loop
    v_login := test.login(v_login, array['dot_' || v_login]);
    perform test.equal(test.by(v_login, $q$select dot.fn_context_get('birth')$q$), '{"source": "command"}');
    perform test.equal(test.by(v_login, $q$select coalesce(dot.fn_context_get('applies'), 'nothing')$q$), 'nothing', v_login);
    perform test.equal(test.by(v_login, $q$select coalesce(dot.fn_context_get('job_for'), 'nothing')$q$), 'nothing', v_login);
    perform test.equal(test.by(v_login, $q$select coalesce(dot.fn_context_get('birth'), 'nothing') from (select set_config('dot.birth', '{"source": "catalog"}', true) offset 0) s$q$), 'nothing', v_login);
    perform set_config('dot.birth', v_signed, true);
  end loop;
  perform set_config('dot.birth', 'plain', true);
  perform test.equal(dot.fn_context_get('birth'), 'plain', 'who may act as dot_owner');
end
$$;
