-- Two who propose the same at once make one proposal.
set local role dot_owner;
insert into dot.dot_lock (lock_kind, slot) select 'proposal', n from generate_series(0, 255) n;
reset role;
