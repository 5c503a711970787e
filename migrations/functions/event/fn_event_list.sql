create or replace function dot.fn_event_list(
  p_type text default null, p_key text default null, p_subject text default null, p_since timestamptz default null, p_filter text default null,
  p_after text default null, p_limit int default 100)
returns table (event bigint, type text, key text, subject text, producer text, emitted_at timestamptz, trace_id text, correlation_id text, payload jsonb)
language plpgsql stable security definer set search_path = dot, pg_temp
as $$
declare
  v_path   jsonpath := dot.fn_event_path(p_filter);
  v_judges boolean := jsonb_typeof(jsonb_path_query_first('{}', v_path, silent => true)) in ('boolean', 'null') is true;
begin
  -- Only the conditions that are asked for stand in the text, so that the index over type or key serves.
  return query execute concat(
    'select o.event_id, o.event_type, o.key, o.subject, o.producer, o.emitted_at, o.trace_id, o.correlation_id, o.payload from dot.event_outbox o where true',
    case when p_type like '%.*' then ' and starts_with(o.event_type, left($1, -1))' when p_type is not null then ' and o.event_type = $1' end,
    case when p_key is not null then ' and o.key = $2' end,
    case when p_subject is not null then ' and o.subject = $3' end,
    case when p_since is not null then ' and o.emitted_at >= $4' end,
    case when p_filter is not null and v_judges then ' and o.payload @@ $5' when p_filter is not null then ' and o.payload @? $5' end,
    case when p_after is not null then ' and o.event_id < $6::bigint' end,
    ' order by o.event_id desc limit $7')
    using (dot.fn_event_types_named(array[p_type]))[1], p_key, p_subject, p_since, v_path, p_after, p_limit;
end
$$;
comment on function dot.fn_event_list(text, text, text, timestamptz, text, text, int) is
  'Events, newest first: of a type or a prefix of types (iu.*), of a key, on a subject, since a time, with a payload that passes an SQL/JSON path. p_after is the last event of the page before. DT400 for a filter that is none.';
