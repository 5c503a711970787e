select test.equal((select count(*)::int from dot.fn_audit_finds_function_granted()), 0, 'the catalogue has granted every one');
grant execute on function dot.fn_catalog_grant() to dot_reader;
grant execute on function dot.fn_gate_set(text, text, text) to public;
grant execute on function dot.fn_gate_open(text) to dot_reader with grant option;
select test.equal((select string_agg(object || ': ' || detail, '; ') from dot.fn_audit_finds_function_granted()),
  'dot.fn_catalog_grant(): dot_reader may call it, and no command says so; dot.fn_gate_open(text): dot_reader may call it and let others call it; dot.fn_gate_set(text,text,text): everyone may call it, and no command says so');
select dot.fn_catalog_grant();
select test.equal((select string_agg(object, '; ') from dot.fn_audit_finds_function_granted()), 'dot.fn_gate_open(text)');
