-- dot migrate revert writes the platform's list to schema public again, where earlier programs look for it.
set local role dot_owner;
drop table dot.dot_own_migration;
drop table dot._sqlx_migrations;
reset role;
