create or replace function dot.fn_audit_finds_catalogue_edited()
returns table (finding text, object text, run_id uuid, detail text)
language sql stable security definer set search_path = dot, pg_temp
as $$
  with sync as (
    select r.run_id, r.outcome ->> 'fingerprint' as fingerprint from dot.fn_command_runs_with('sync_catalog') r order by r.finished_at desc limit 1
  )
  select 'catalogue_edited', 'catalogue', sync.run_id, 'commands, settings, error codes, kinds of proposals or first policies are not as the last catalog sync left them'
    from sync where sync.fingerprint <> dot.fn_catalog_fingerprint()
  union all
  select 'catalogue_edited', k.command_code, null, 'its row does not say what its declaration says'
    from dot.dot_command_catalog k
   where (k.mutating, k.risk, k.gate, k.pair_command, k.inverse_command, k.pg_function, k.builtin)
           is distinct from ((k.spec ->> 'mutating')::boolean, k.spec ->> 'risk', k.spec ->> 'gate', k.spec ->> 'pair', k.spec ->> 'inverse',
             k.spec ->> 'function', k.spec ->> 'builtin')
      or k.roles is distinct from case
           when jsonb_array_length(coalesce(k.spec -> 'roles', '[]')) > 0 then array(select jsonb_array_elements_text(k.spec -> 'roles'))
           else array[case when k.mutating then 'dot_operator' else 'dot_reader' end] end
$$;
comment on function dot.fn_audit_finds_catalogue_edited() is
  'For fn_audit_objects: catalogue_edited, a catalogue that is not as the last catalog sync left it, and commands whose rows do not say what their declarations say.';
