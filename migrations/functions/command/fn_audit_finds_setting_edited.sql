create or replace function dot.fn_audit_finds_setting_edited()
returns table (finding text, object text, run_id uuid, detail text)
language sql stable security definer set search_path = dot, pg_temp
as $$
  with history as materialized (
    select h.*, lag(h.new_value) over w as before, lead(h.history_id) over w is null as is_last
      from dot.dot_config_history h window w as (partition by h.config_key order by h.history_id)
  )
  select 'setting_edited', c.config_key, h.run_id, format('it is %s; its last recorded change made it %s', c.value, h.new_value)
    from dot.dot_config c join history h on h.config_key = c.config_key and h.is_last
   where c.value <> h.new_value and jsonb_typeof(c.value) = jsonb_typeof(h.new_value)
$$;
comment on function dot.fn_audit_finds_setting_edited() is
  'For fn_audit_objects: setting_edited, settings that are not what their last recorded change made them.';
