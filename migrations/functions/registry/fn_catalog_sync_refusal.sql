create or replace function dot.fn_catalog_sync_refusal(p_commands jsonb, p_content jsonb) returns jsonb
language plpgsql stable security definer set search_path = dot, pg_temp
as $$
declare
  v_code  text;
  v_other text;
begin
  -- A function is named for what it is: one of a team, in a schema of its own, or one that the platform itself offers.
  select min(format('%s: %s', g.spec ->> 'code', f.name)) into v_other
    from jsonb_to_recordset(p_commands) as g(spec jsonb, source text)
   cross join lateral (select g.spec ->> 'function' as name union all select jsonb_array_elements_text(coalesce(g.spec -> 'grants', '[]'))) f
   where g.source is distinct from 'binary' and f.name not like '%.%'
     and not exists (select 1 from dot.dot_command_catalog k where k.source = 'binary' and k.pg_function = f.name)
     and not exists (select 1 from jsonb_to_recordset(p_commands) as b(spec jsonb, source text) where b.source = 'binary' and b.spec ->> 'function' = f.name);
  if v_other is not null then
    return dot.fn_command_refusal('DT403', 'inner_function', format('no command may call this function: %s', v_other),
      'Name a function that a command of the platform has, or one in a schema of your own.');
  end if;
  if dot.fn_role_held(session_user, 'dot_owner') or not exists (select 1 from dot.dot_command_catalog where status <> 'retired') then
    return null;
  end if;
  -- What the program ships comes with it, from who brings its code.
  select min(coalesce(g.spec ->> 'code', k.command_code)) into v_code
    from (select x.spec, x.digest, x.source from jsonb_to_recordset(p_commands) as x(spec jsonb, digest text, source text)) g
    full join (select * from dot.dot_command_catalog where status <> 'retired') k on k.command_code = g.spec ->> 'code'
   where (g.source = 'binary' or k.source = 'binary')
     and (g.spec is distinct from k.spec or g.digest is distinct from k.spec_digest or g.source is distinct from k.source);
  if v_code is not null then
    return dot.fn_command_refusal('DT403', 'shipped_command', format('%s is not what the program ships to this database', v_code),
      'What the program declares comes from a login that may act as dot_owner: dot migrate apply, and then dot catalog sync.');
  end if;
  select min(format('%s of %s', d.key, r.registry_code)) into v_code
    from dot.registry_catalog r
   cross join lateral dot.fn_registry_diff(r.registry_code, p_content) d
   where r.phase = 'live' and r.registry_code not in ('registries', 'commands') and p_content ? r.folder
     -- What was registered since has no file; what has one and is left out would be retired.
     and (d.difference <> 'only in the database' or exists (
       select 1 from dot.registry_birth b where b.registry_code = r.registry_code and b.entry_key = d.key and b.source = 'catalog' and b.lifecycle = 'active'));
  if v_code is not null then
    return dot.fn_command_refusal('DT403', 'shipped_content', format('%s is not as this database has it', v_code),
      'Propose it: dot registry propose, dot gate set --propose. What the program ships comes from a login that may act as dot_owner.');
  end if;
  select min(g.spec ->> 'code') into v_code
    from jsonb_to_recordset(p_commands) as g(spec jsonb, digest text)
    left join dot.dot_command_catalog k on k.command_code = g.spec ->> 'code' and k.status <> 'retired'
   where k.spec is distinct from g.spec;
  if v_code is not null and not exists (
    select 1 from dot.dot_command_run r
     where r.run_id = dot.fn_run_current() and r.state = 'started'
       and (r.mode = 'dry_run' or dot.fn_command_run_proposal(r.run_id) is not null))
  then
    return dot.fn_command_refusal('DT428', 'approval_required', format('%s adds or changes what people and agents may run', v_code),
      'Propose it: dot catalog sync --propose');
  end if;
  return null;
end
$$;
comment on function dot.fn_catalog_sync_refusal(jsonb, jsonb) is
  'Why the caller may not make the catalogue what these commands and this content say, as a refusal, or null: inner_function where a command that the program does not ship names a function of dot that no command of the program has; and for who may not act as dot_owner: shipped_command and shipped_content where it would change what the program ships, approval_required where it adds or changes commands of a team without a proposal.';
