-- The transaction that last changed what decides whether somebody may: read past any snapshot, as sequences are.
set local role dot_owner;
create sequence dot.governed_xid minvalue 0 start 0;
comment on sequence dot.governed_xid is
  'The number of the newest transaction that changed an actor, a session or a setting (fn_governed): whoever does not see it has an older snapshot than what decides (fn_governed_seen).';
reset role;
