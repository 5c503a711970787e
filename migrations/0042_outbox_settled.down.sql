set local role dot_owner;
drop table dot.event_outbox_settled;
reset role;
