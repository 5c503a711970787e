do $$
begin
  assert dot.fn_migrate_lock();
  delete from dot.dot_lock where lock_kind = 'migration';
  assert not dot.fn_migrate_lock();
end
$$;
