set local role dot_owner;
delete from dot.dot_lock where lock_kind = 'migration';
reset role;
