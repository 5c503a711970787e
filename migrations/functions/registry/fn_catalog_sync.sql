create or replace function dot.fn_catalog_sync(p_commands jsonb, p_content jsonb, p_retire_missing boolean default false) returns jsonb
language plpgsql volatile security definer set search_path = dot, pg_temp
as $$
declare
  v_refused jsonb := dot.fn_command_guard('catalog sync');
  v_added   text[];
  v_changed text[];
  v_retired text[];
  v_written jsonb;
  v_problem text;
begin
  if v_refused is not null then
    return v_refused;
  end if;
  if jsonb_typeof(p_commands) <> 'array' or jsonb_typeof(p_content) <> 'object' then
    raise exception using errcode = 'DT400', message = 'p_commands must be an array of {spec, digest, source}, p_content an object of registries';
  end if;
  -- A duty lets a command do what others may not: only those of the program have any, and what calls a function calls one of ours.
  select string_agg(g.spec ->> 'code', ', ' order by g.spec ->> 'code') into v_problem
    from jsonb_to_recordset(p_commands) as g(spec jsonb, source text)
   where (g.spec ? 'duties' or g.spec ? 'hooks') and (g.source is distinct from 'binary' or g.spec ->> 'function' like '%.%');
  if v_problem is not null then
    raise exception using errcode = 'DT400', message = format('%s has duties or hooks, which are for commands of the program only', v_problem),
      hint = 'Take duties and hooks out of the command file.';
  end if;

  v_refused := dot.fn_catalog_sync_refusal(p_commands, p_content);
  if v_refused is not null then
    return dot.fn_command_answer('catalog sync', v_refused);
  end if;
  -- What the registries' birth gate is told of every entry that follows.
  perform dot.fn_context_put('birth', '{"source": "catalog"}');
  -- Registries are declared and guarded before the commands are written into one of them.
  v_written := dot.fn_catalog_sync_content(p_content);
  select coalesce(array_agg(g.spec ->> 'code' order by g.spec ->> 'code') filter (where k.command_code is null), '{}'),
         coalesce(array_agg(g.spec ->> 'code' order by g.spec ->> 'code') filter (where k.spec_digest <> g.digest or k.status = 'retired'), '{}')
    into v_added, v_changed
    from jsonb_to_recordset(p_commands) as g(spec jsonb, digest text)
    left join dot.dot_command_catalog k on k.command_code = g.spec ->> 'code';

  insert into dot.dot_command_catalog as k (
    command_code, summary, pg_function, builtin, mutating, risk, gate, pair_command, inverse_command, idempotency, roles, spec, spec_digest, source)
  select g.spec ->> 'code', g.spec ->> 'summary', g.spec ->> 'function', g.spec ->> 'builtin', (g.spec ->> 'mutating')::boolean,
         g.spec ->> 'risk', g.spec ->> 'gate', g.spec ->> 'pair', g.spec ->> 'inverse', coalesce(g.spec ->> 'idempotency', 'natural'),
         case when jsonb_array_length(coalesce(g.spec -> 'roles', '[]')) > 0
           then array(select jsonb_array_elements_text(g.spec -> 'roles'))
           else array[case when (g.spec ->> 'mutating')::boolean then 'dot_operator' else 'dot_reader' end] end,
         g.spec, g.digest, g.source
    from jsonb_to_recordset(p_commands) as g(spec jsonb, digest text, source text)
  on conflict (command_code) do update
    set summary = excluded.summary, pg_function = excluded.pg_function, builtin = excluded.builtin, mutating = excluded.mutating,
        risk = excluded.risk, gate = excluded.gate, pair_command = excluded.pair_command, inverse_command = excluded.inverse_command,
        idempotency = excluded.idempotency, roles = excluded.roles, spec = excluded.spec, spec_digest = excluded.spec_digest,
        source = excluded.source, status = 'active', synced_at = clock_timestamp()
    where k.spec_digest <> excluded.spec_digest or k.status = 'retired' or k.source <> excluded.source;

  with retired as (
    update dot.dot_command_catalog k set status = 'retired', synced_at = clock_timestamp()
     where (k.source = 'binary' or p_retire_missing) and k.status <> 'retired' and not exists (
       select 1 from jsonb_array_elements(p_commands) g where g #>> '{spec,code}' = k.command_code)
    returning command_code)
  select coalesce(array_agg(command_code order by command_code), '{}') into v_retired from retired;

  perform dot.fn_catalog_grant();
  perform set_config('dot.birth', '', true);
  return jsonb_build_object('commands', jsonb_array_length(p_commands), 'added', v_added, 'changed', v_changed, 'retired', v_retired,
    'settings', (select count(*) from dot.dot_config where status = 'active'), 'registries', v_written, 'fingerprint', dot.fn_catalog_fingerprint());
end
$$;
comment on function dot.fn_catalog_sync(jsonb, jsonb, boolean) is
  'Makes the catalogue what the caller''s files say: commands [{spec, digest, source}] and registries {folder: {entry: {…}}}. Commands of the program that are gone are retired, those of directories and of the database stay unless p_retire_missing. Values of settings stay. Then grants EXECUTE as declared. Returns {commands, added, changed, retired, settings, registries: {registry: rows written}, fingerprint}. Refusals: those of fn_catalog_sync_refusal. DT400 for other shapes, and for duties or hooks of commands that are not the program''s.';
