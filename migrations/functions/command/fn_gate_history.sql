create or replace function dot.fn_gate_history(p_gate text default null, p_after text default null, p_limit int default 100)
returns table (history_id bigint, gate text, old_value text, new_value text, reason text, changed_at timestamptz, changed_by text, run_id uuid)
language sql stable security definer set search_path = dot, pg_temp
as $$
  select h.history_id, h.config_key,
         case h.old_value when 'true' then 'open' when 'false' then 'closed' else h.old_value #>> '{}' end,
         case h.new_value when 'true' then 'open' when 'false' then 'closed' else h.new_value #>> '{}' end, h.reason, h.changed_at, h.changed_by, h.run_id
    from dot.dot_config_history h
   where (p_gate is null or h.config_key = p_gate) and (p_after is null or h.history_id < p_after::bigint)
   order by h.history_id desc
   limit p_limit
$$;
comment on function dot.fn_gate_history(text, text, int) is 'Changes of gates and settings, newest first; p_after is the last history_id of the page before.';
