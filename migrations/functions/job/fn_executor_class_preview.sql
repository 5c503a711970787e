create or replace function dot.fn_executor_class_preview(p_payload jsonb) returns jsonb
language sql stable security definer set search_path = dot, pg_temp
as $$
  select jsonb_build_object('executor_class', p_payload -> 'class') || (p_payload -> 'entry')
    || jsonb_build_object('is_leased', p_payload #>> '{entry,executor_kind}' <> 'person', 'queues', (select count(*) from dot.queue_registry q where q.status <> 'retired'))
$$;
comment on function dot.fn_executor_class_preview(jsonb) is 'The executor class as it would be, and how many queues get a lane for it.';
