create or replace function dot.fn_breakglass_list(p_emergency uuid default null)
returns table (emergency uuid, state text, review text, actor text, reason text, commands text[], opened_at timestamptz, expires_at timestamptz,
  runs bigint, reviewed_by text, rationale text)
language sql stable security definer set search_path = dot, pg_temp
as $$
  select b.break_glass_id,
         case when b.closed_at is not null then 'closed' when b.expires_at <= dot.fn_clock_now() then 'expired' else 'open' end,
         coalesce(b.review_verdict, 'owed'), b.actor_id, b.reason, b.commands, b.opened_at, coalesce(b.closed_at, b.expires_at),
         (select count(*) from dot.dot_command_run r
           where r.actor = b.actor_id and r.login = b.login and r.mode in ('run', 'plan_apply', 'sql') and r.state <> 'refused' and r.command_code = any (b.commands)
             and r.started_at between b.opened_at and coalesce(b.closed_at, b.expires_at)),
         b.reviewed_by, b.review_rationale
    from dot.break_glass b
   where p_emergency is null or b.break_glass_id = p_emergency
   order by b.reviewed_at is not null, b.opened_at desc
$$;
comment on function dot.fn_breakglass_list(uuid) is
  'Emergencies, those that owe a review first; runs counts what was done under each. Times come from the platform''s clock.';
