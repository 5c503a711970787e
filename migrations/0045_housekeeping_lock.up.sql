-- Two that keep the event stream in shape at once would each wait for what the other has locked.
set local role dot_owner;
insert into dot.dot_lock (lock_kind, slot) values ('event housekeeping', 0);
reset role;
