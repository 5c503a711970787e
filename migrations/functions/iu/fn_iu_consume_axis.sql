create or replace function dot.fn_iu_consume_axis(p_event_ids bigint[]) returns int
language sql volatile security definer set search_path = dot, pg_temp
as $$
  select dot.fn_iu_axis_materialize(array(
    select distinct (payload ->> 'document_version_id')::uuid from dot.event_outbox where event_id = any (p_event_ids)))
$$;
comment on function dot.fn_iu_consume_axis(bigint[]) is
  'The consumer that materializes the axes of every document version named by the events (iu.cut.completed, iu.piece.changed). Returns how many envelopes were written.';
