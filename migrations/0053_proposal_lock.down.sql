set local role dot_owner;
delete from dot.dot_lock where lock_kind = 'proposal';
reset role;
