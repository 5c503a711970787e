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
           (select jsonb_build_object('changes', count(*), 'sha256', encode(sha256(convert_to(string_agg(concat_ws(E'\n', h.change_id, h.registry_code, h.entry_key,
                     coalesce(h.image::text, 'NULL'), coalesce(h.edited::text, 'NULL')), E'\n' order by h.change_id), 'UTF8')), 'hex'))
              from dot.registry_entry_history h where h.run_id = r.run_id having count(*) > 0),
           -- Only of a run that carried a proposal; before this table was, its effects told of it.
           (select jsonb_build_object('proposal', c.proposal_id, 'judged_xid', c.judged_xid, 'decisions', to_jsonb(c.decisions), 'without_quorum', c.without_quorum)
              from dot.dot_command_run_proposal c where c.run_id = r.run_id),
           -- Only of a run that changed recorded rows. In portions, for there may be many.
           (select jsonb_build_object('rows', sum(p.n), 'sha256', encode(sha256(string_agg(p.digest, ''::bytea order by p.portion)), 'hex'))
              from (select h.change_id / 4096 as portion, count(*) as n,
                           sha256(convert_to(string_agg(concat_ws(E'\n', h.change_id, h.relation, h.row_key, coalesce(h.image::text, 'NULL'),
                             coalesce(h.edited::text, 'NULL')), E'\n' order by h.change_id), 'UTF8')) as digest
                      from dot.dot_row_history h where h.run_id = r.run_id group by 1) p having count(*) > 0),
           -- Only of a run that has a number.
           (select jsonb_build_object('number', n.run_number) from dot.dot_command_run_number n where n.run_id = r.run_id)) as run_canonical,
         r.run_id || E'\n' || r.pair::text as verdict_canonical
    from dot.dot_command_run r;
create index dot_command_run_governing on dot.dot_command_run (command_code, finished_at desc)
  where state = 'succeeded' and mode <> 'read' and command_code in ('gate set', 'catalog sync', 'migrate apply', 'migrate revert',
    'proposal approve', 'proposal reject', 'proposal request-changes', 'proposal review');
drop index dot.dot_command_run_command;
reset role;
