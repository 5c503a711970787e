-- squawk-ignore-file ban-drop-table, ban-drop-column, ban-drop-function
set local role dot_owner;
drop function if exists dot.fn_proposal_decide(uuid, text, text, jsonb, text, text);
drop function if exists dot.fn_proposal_approve(uuid, text, jsonb, text, text);
drop function if exists dot.fn_proposal_reject(uuid, text, jsonb, text, text);
drop function if exists dot.fn_proposal_review(uuid, text, text, jsonb, text, text);
drop function if exists dot.fn_policy_list(boolean);
drop function if exists dot.fn_audit_finds_key_edited();
drop function if exists dot.fn_audit_finds_decision_unsigned();
alter table dot.approval_policy drop column signed;
drop table dot.review_signature;
drop table dot.dot_actor_key;
reset role;
