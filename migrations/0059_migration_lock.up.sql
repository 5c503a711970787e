-- Migrations of one database wait for each other at a row that nobody else can lock, as everything else does.
set local role dot_owner;
insert into dot.dot_lock (lock_kind, slot) values ('migration', 0);
reset role;
