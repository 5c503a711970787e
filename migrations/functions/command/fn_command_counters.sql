create or replace function dot.fn_command_counters(p_sequences boolean) returns jsonb
language sql volatile security definer set search_path = dot, pg_temp
as $$
  select jsonb_build_object(
    'tables', (
      select coalesce(jsonb_object_agg(c.oid::text, jsonb_build_array(
               pg_stat_get_xact_tuples_inserted(c.oid), pg_stat_get_xact_tuples_updated(c.oid), pg_stat_get_xact_tuples_deleted(c.oid))), '{}')
        from pg_class c
       where c.relkind = 'r' and c.oid >= 16384
         -- What the platform itself keeps of a run is no effect of it.
         and not (c.relnamespace = 'dot'::regnamespace and c.relname in (
           'dot_command_run', 'dot_command_run_open', 'dot_command_run_proposal', 'audit_pending', 'registry_entry_history', 'dot_row_history', 'dot_command_run_number', 'dot_command_run_ending', 'sql_row_image'))
         and pg_stat_get_xact_tuples_inserted(c.oid) + pg_stat_get_xact_tuples_updated(c.oid) + pg_stat_get_xact_tuples_deleted(c.oid) > 0),
    'sequences', case when p_sequences then (
      select coalesce(jsonb_object_agg(s.seqrelid::text, pg_sequence_last_value(s.seqrelid)), '{}') from pg_sequence s
       where s.seqrelid is distinct from to_regclass('dot.registry_entry_history_change_id_seq') and s.seqrelid is distinct from to_regclass('dot.dot_row_history_change_id_seq') and s.seqrelid is distinct from to_regclass('dot.dot_command_run_number_seq')) end)
$$;
comment on function dot.fn_command_counters(boolean) is
  'This transaction''s row counters so far: {tables: {oid: [inserted, updated, deleted]}, sequences: {oid: last value} or null}. The tables of the audit itself are left out.';
