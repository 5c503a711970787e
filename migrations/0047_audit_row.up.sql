-- squawk-ignore-file require-concurrent-index-creation, require-concurrent-index-deletion
-- What only some runs have is looked for before it is put together: the texts are what they were, and a million are compared in
-- two thirds of the time.
set local role dot_owner;
create or replace view dot.v_audit_row as
  select r.run_id,
         concat_ws(E'\n',
           concat_ws(',', r.run_id, quote_nullable(r.command_code), quote_nullable(r.mode), quote_nullable(r.state), quote_nullable(r.risk),
             quote_nullable(r.args_digest), quote_nullable(r.actor), quote_nullable(r.actor_kind), r.actor_verified, quote_nullable(r.principal),
             quote_nullable(r.login), quote_nullable(r.reason), quote_nullable(r.trace_id), quote_nullable(r.span_id),
             quote_nullable(r.correlation_id), quote_nullable(r.idempotency_key), quote_nullable(r.plan_digest), coalesce(r.undo_of::text, 'NULL'),
             r.backend_pid, coalesce(r.entered_xid::text, 'NULL'), r.called, r.attempts, r.started_at, coalesce(r.finished_at::text, 'NULL')),
           -- A document goes in as it is; where there is none, the word beside it.
           r.args, r.client, r.plan, case when r.plan is null then 'NULL' end, r.outcome, case when r.outcome is null then 'NULL' end,
           r.error, case when r.error is null then 'NULL' end, r.effects, case when r.effects is null then 'NULL' end,
           -- Only of a run that changed entries, so that the text of all others is what it always was.
           case when exists (select from dot.registry_entry_history h where h.run_id = r.run_id) then
           (select jsonb_build_object('changes', count(*), 'sha256', encode(sha256(convert_to(string_agg(concat_ws(E'\n', h.change_id, h.registry_code, h.entry_key,
                     coalesce(h.image::text, 'NULL'), coalesce(h.edited::text, 'NULL')), E'\n' order by h.change_id), 'UTF8')), 'hex'))
              from dot.registry_entry_history h where h.run_id = r.run_id) end,
           -- Only of a run that carried a proposal; before this table was, its effects told of it.
           (select jsonb_build_object('proposal', c.proposal_id, 'judged_xid', c.judged_xid, 'decisions', to_jsonb(c.decisions), 'without_quorum', c.without_quorum)
              from dot.dot_command_run_proposal c where c.run_id = r.run_id),
           -- Only of a run that changed recorded rows. In portions, for there may be many.
           case when exists (select from dot.dot_row_history h where h.run_id = r.run_id) then
           (select jsonb_build_object('rows', sum(p.n), 'sha256', encode(sha256(string_agg(p.digest, ''::bytea order by p.portion)), 'hex'))
              from (select h.change_id / 4096 as portion, count(*) as n,
                           sha256(convert_to(string_agg(concat_ws(E'\n', h.change_id, h.relation, h.row_key, coalesce(h.image::text, 'NULL'),
                             coalesce(h.edited::text, 'NULL')), E'\n' order by h.change_id), 'UTF8')) as digest
                      from dot.dot_row_history h where h.run_id = r.run_id group by 1) p) end,
           -- Only of a run that has a number.
           (select format('{"number": %s}', n.run_number) from dot.dot_command_run_number n where n.run_id = r.run_id)) as run_canonical,
         r.run_id || E'\n' || r.pair::text as verdict_canonical
    from dot.dot_command_run r;
-- Of any command, not of those whose names were written down here once.
create index dot_command_run_command on dot.dot_command_run (command_code, finished_at desc) where state = 'succeeded' and mode <> 'read';
drop index dot.dot_command_run_governing;
reset role;
