create or replace function dot.fn_audit_finds_log_key_edited()
returns table (finding text, object text, run_id uuid, detail text)
language sql stable security definer set search_path = dot, pg_temp set standard_conforming_strings = on
as $$
  select 'log_key_edited', 'key ' || k.key_id, k.run_id, d.detail
    from dot.audit_log_key k
    left join dot.dot_command_run r on r.run_id = k.run_id
   cross join lateral (
      select 'no run that succeeded brought it' as detail
       where r.run_id is null or r.state <> 'succeeded'
          -- Where the catalogue does not know yet which commands seal, any has.
          or ((select dot.fn_command_with('seal'))::text[] <> '{}' and r.command_code <> all ((select dot.fn_command_with('seal'))::text[]))
      union all
      select 'no checkpoint came with it'
       where not exists (select 1 from dot.audit_checkpoint c where c.run_id = k.run_id and c.origin = k.origin and c.key_id = k.key_id and c.made_at = k.made_at)
      union all
      select 'its id is not that of its name and its key'
       where k.key_id <> encode(substr(sha256(convert_to(k.origin || E'\n', 'UTF8') || '\x01' || k.public_key), 1, 4), 'hex')) d
$$;
comment on function dot.fn_audit_finds_log_key_edited() is
  'For fn_audit_objects: log_key_edited, public keys of the log that no succeeded run that seals brought, with no checkpoint of their own run, or whose id is not theirs. What else is changed, put in or taken away is found as row_edited.';
