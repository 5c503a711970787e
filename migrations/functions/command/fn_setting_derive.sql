create or replace function dot.fn_setting_derive(p_key text, p_entry jsonb, p_now jsonb) returns jsonb
language sql immutable set search_path = dot, pg_temp
as $$
  select jsonb_build_object('value', case when p_now ->> 'value_type' = p_entry ->> 'value_type' then p_now -> 'value' else p_entry -> 'default_value' end)
$$;
comment on function dot.fn_setting_derive(text, jsonb, jsonb) is
  'The value of a setting that its file declares: the one it has, or the default of its file when it is new or its type has changed. For the registry settings.';
