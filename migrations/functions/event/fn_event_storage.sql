create or replace function dot.fn_event_storage() returns jsonb
language plpgsql stable security definer set search_path = dot, pg_temp
as $$
declare
  v_parts jsonb;
  v_later bigint;
  v_until timestamptz := (select p.lower_bound from dot.fn_event_partitions() p where p.upper_bound = 'infinity');
  v_ahead int := floor(extract(epoch from v_until - clock_timestamp()) / 86400);
begin
  select jsonb_agg(jsonb_build_object('partition', p.name, 'from', p.lower_bound, 'to', p.upper_bound, 'bytes', pg_total_relation_size(p.relid)) order by p.lower_bound) into v_parts
    from dot.fn_event_partitions() p;
  select count(*) into v_later from dot.event_outbox where emitted_at >= v_until;
  return jsonb_build_object('ok', v_later = 0 and v_ahead >= 1, 'days_ahead', v_ahead, 'in_last', v_later, 'partitions', v_parts,
    'ticks', (select count(*) from dot.event_tick), 'positions', (select count(*) from dot.event_cursor));
end
$$;
comment on function dot.fn_event_storage() is
  'The outbox''s partitions and how many days ahead they reach: {ok, days_ahead, in_last, partitions: [{partition, from, to, bytes}], ticks, positions}. ok: at least a day ahead, and no event in the open last partition (in_last), which takes what has no day of its own.';
