create or replace function dot.fn_event_type_list(p_domain text default null, p_status text default null)
returns table (type text, version text, status text, mode text, compiled boolean, versions bigint, producers text[], owner text, summary text, registered_at timestamptz)
language sql stable security definer set search_path = dot, pg_temp
as $$
  select distinct on (t.event_type) t.event_type, t.schema_version, t.status, t.compat_mode, t.validator is not null, count(*) over (partition by t.event_type), t.producer_class_allowed,
         t.owner, t.summary, t.registered_at
    from dot.event_type_registry t
   where (p_domain is null or t.domain_code = p_domain) and (p_status is null or t.status = p_status)
   order by t.event_type, string_to_array(t.schema_version, '.')::int[] desc
$$;
comment on function dot.fn_event_type_list(text, text) is 'Event types with their newest version, and how many versions there are; of one domain or one status when said.';
