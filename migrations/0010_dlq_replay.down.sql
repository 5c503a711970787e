-- squawk-ignore-file ban-drop-table
set local role dot_owner;
drop view dot.v_dlq_replay_open;
drop table dot.dlq_replay_item, dot.dlq_replay_request;
reset role;
