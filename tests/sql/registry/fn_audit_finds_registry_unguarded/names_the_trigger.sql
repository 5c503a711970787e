do $$
begin
  alter table dot.dot_error disable trigger birth;
  perform test.equal((select array_agg(object || ': ' || detail) from dot.fn_audit_finds_registry_unguarded()), array['errors: table dot_error has no trigger birth that fires always, as its declaration asks']);
end
$$;
