-- From here on, what asks for a command that runs later is kept with its run: fn_audit_finds_wish_edited takes the time of this
-- migration for where that begins. Ended jobs are looked for by their kind.
set local role dot_owner;
-- squawk-ignore require-concurrent-index-creation
create index job_dead_letter_kind on dot.job_dead_letter (kind_id);
reset role;
