create or replace function dot.fn_gate_list(p_prefix text default null)
returns table (gate text, value text, is_default boolean, type text, summary text, owner text, updated_at timestamptz, updated_by text)
language sql stable security definer set search_path = dot, pg_temp set standard_conforming_strings = on
as $$
  select config_key, case value_type when 'bool' then case value when 'true' then 'open' else 'closed' end else value #>> '{}' end,
         value = default_value, value_type, c.summary, c.owner, c.updated_at, c.updated_by
    from dot.dot_config c
   where status = 'active' and (p_prefix is null or config_key = p_prefix or config_key like replace(replace(p_prefix, '\', '\\'), '_', '\_') || '.%')
   order by config_key
$$;
comment on function dot.fn_gate_list(text) is 'Gates and settings, all or those below a prefix such as queue.';
