do $$
begin
  perform dot.fn_schema_compiled('dot_compiled.emit_notifies()');
  perform test.equal((select digest from dot.schema_compiled where function_name = 'dot_compiled.emit_notifies()'),
    encode(sha256(convert_to(pg_get_functiondef('dot_compiled.emit_notifies()'::regprocedure), 'UTF8')), 'hex'));
end
$$;
