create or replace function dot.fn_dlq_replay_preview(p_payload jsonb) returns jsonb
language sql stable security definer set search_path = dot, pg_temp
as $$
  select dot.fn_dlq_request_show((p_payload ->> 'request_id')::uuid) || jsonb_build_object('by_kind', (
    select coalesce(jsonb_object_agg(g.job_kind, g.n), '{}')
      from (select k.job_kind, count(*) as n from dot.dlq_replay_item i join dot.job_dead_letter l using (dead_letter_id) join dot.job_kind_registry k using (kind_id)
             where i.request_id = (p_payload ->> 'request_id')::uuid group by 1) g))
$$;
comment on function dot.fn_dlq_replay_preview(jsonb) is 'What a replay would do: the request, and how many dead letters of each kind.';
