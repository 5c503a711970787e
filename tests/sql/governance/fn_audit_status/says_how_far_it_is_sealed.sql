do $$
begin
  assert dot.fn_audit_status() ?& '{ok,leaves,waiting,unsigned}';
end
$$;
