create or replace function dot.fn_command_run_call(p_payload jsonb) returns text
language plpgsql stable security definer set search_path = dot, pg_temp
as $$
declare
  v_spec   jsonb := (select k.spec from dot.dot_command_catalog k where k.command_code = p_payload ->> 'command');
  v_call   jsonb := p_payload #> '{plan,call}';
  v_digest text;
  v_args   text[];
  v_called text[];
begin
  if p_payload -> 'keys' <> 'null' and (jsonb_typeof(p_payload -> 'keys') <> 'array' or exists (
    select 1 from jsonb_array_elements(p_payload -> 'keys') k
     where jsonb_typeof(k -> 'key') is distinct from 'object' or coalesce(k ->> 'table', '') !~ '^("[^".]+"|[a-z_][a-z0-9_$]*)[.]("[^".]+"|[a-z_][a-z0-9_$]*)$'))
  then
    return 'keys are not [{table, key}]';
  end if;
  if v_spec ->> 'function' is null or v_spec ->> 'function' like '%.%' then
    return null;
  end if;
  if jsonb_typeof(v_call) is distinct from 'array' or v_call = '[]' or v_call @> '[{"large": true}]' then
    return 'the plan does not say what was called';
  end if;
  select dot.fn_command_call_digest(v_digest, c) into v_digest from jsonb_array_elements(v_call) c limit 1;
  if jsonb_array_length(v_call) <> 1 or v_digest is distinct from p_payload #>> '{plan,call_digest}' then
    return 'what was called is not what its digest says';
  end if;
  -- Times and numbers may be written in another way; of all else, what was called says what the arguments say, and no more.
  select coalesce(array_agg(lower(l.leaf #>> '{}')), '{}') into v_args
    from jsonb_each(coalesce(p_payload -> 'args', '{}')) a
   cross join lateral dot.fn_json_leaves(a.value) l
   where l.leaf not in ('null', '{}', '[]')
     and not exists (select 1 from jsonb_array_elements(v_spec -> 'args') s where s ->> 'name' = a.key and s ->> 'type' in ('timestamptz', 'interval', 'numeric', 'file'));
  select coalesce(array_agg(lower(l.leaf #>> '{}')), '{}') into v_called from dot.fn_json_leaves(v_call -> 0) l where l.leaf not in ('null', '{}', '[]');
  if not v_called @> v_args then
    return 'the plan was measured with other arguments';
  end if;
  if exists (
    select 1 from dot.fn_json_leaves(v_call -> 0) l
     where jsonb_typeof(l.leaf) = 'string' and lower(l.leaf #>> '{}') <> all (v_args)
       and lower(l.leaf #>> '{}') <> all (array(select lower(s ->> 'default') from jsonb_array_elements(v_spec -> 'args') s where s ? 'default')))
    and not exists (
      select 1 from jsonb_array_elements(v_spec -> 'args') s
       where p_payload -> 'args' ? (s ->> 'name') and s ->> 'type' in ('timestamptz', 'interval', 'numeric', 'file'))
  then
    return 'the plan was measured with more than the arguments say';
  end if;
  return null;
end
$$;
comment on function dot.fn_command_run_call(jsonb) is
  'Whether the plan of a proposed command was measured with the arguments that the proposal shows: null, or what speaks against it. The digest of the call is what a plan is held against when it is applied.';
