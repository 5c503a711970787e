create or replace function dot.fn_schema_accept_validate(p_payload jsonb) returns jsonb
language plpgsql stable security definer set search_path = dot, pg_temp
as $$
declare
  v_whole  constant text := 'schema dot as a whole';
  v_schema jsonb := dot.fn_audit_schema();
  v_given  jsonb := p_payload -> 'differences';
  v_bad    text;
  v_base   jsonb;
begin
  if v_schema is null then
    raise exception using errcode = 'DT404', message = 'no run has altered the schema yet', hint = 'There is nothing to accept before the first: dot migrate apply';
  end if;
  if jsonb_typeof(v_given) is distinct from 'array' or jsonb_array_length(v_given) = 0 then
    raise exception using errcode = 'DT400', message = 'no difference is named', hint = 'dot migrate accept fills them in';
  end if;
  select d.one::text into v_bad from jsonb_array_elements(v_given) d(one)
   where jsonb_typeof(d.one) is distinct from 'object' or jsonb_typeof(d.one -> 'object') is distinct from 'string'
      or coalesce(jsonb_typeof(d.one -> 'accounted'), '') not in ('string', 'null') or coalesce(jsonb_typeof(d.one -> 'live'), '') not in ('string', 'null')
      or d.one -> 'accounted' = d.one -> 'live' or d.one - array['object', 'accounted', 'live'] <> '{}' limit 1;
  if not found then
    select 'more than once ' || (d.one ->> 'object') into v_bad from jsonb_array_elements(v_given) d(one) group by d.one ->> 'object' having count(*) > 1 limit 1;
  end if;
  if v_bad is not null then
    raise exception using errcode = 'DT400', message = format('not a difference between schema objects: %s', left(v_bad, 200)),
      hint = '{"object": "column dot.x.y", "accounted": its definition or null, "live": another, or null}, each object once';
  end if;
  -- What is accounted for is looked at each time, so that an approval counts for nothing where a migration came between.
  with expected as (
    select d.object, case
             when d.object = v_whole then v_schema -> 'unaccounted'
             when v_schema ->> 'unaccounted' is not null then 'true'
             when c.pair is not null then c.pair -> 1
             else coalesce(v_schema -> 'objects' -> d.object, 'null') end as definition, d.accounted, d.live
      from (select one ->> 'object' as object, one -> 'accounted' as accounted, one -> 'live' as live from jsonb_array_elements(v_given) g(one)) d
      left join lateral (
        select c.pair from jsonb_array_elements(v_schema -> 'changed') with ordinality c(pair, n)
         where c.pair ->> 0 = d.object order by c.n desc limit 1) c on true
  )
  select min(e.object) filter (where e.definition is distinct from e.accounted
           or e.object = v_whole and (v_schema -> 'objects' = 'null' or e.live is distinct from v_schema -> 'fingerprint')),
         jsonb_object_agg(e.object, e.definition)
    into v_bad, v_base
    from expected e;
  if v_bad is not null then
    raise exception using errcode = 'DT400', message = format('the platform accounts for %s otherwise', v_bad),
      hint = case when v_schema ->> 'unaccounted' is null then 'Look again: dot audit verify'
                  else 'What the schema was is no longer known by object: record it by dot migrate apply, and accept ' || v_whole end;
  end if;
  return jsonb_build_object('base', v_base, 'risk', 'critical',
    'refs', (select jsonb_agg(jsonb_build_object('schema', o) order by o) from jsonb_object_keys(v_base) o));
end
$$;
comment on function dot.fn_schema_accept_validate(jsonb) is
  'Whether differences of the schema {differences: [{object, accounted, live}]} can be accepted: {base: what the platform accounts for of each object now, risk: critical, refs}. DT400 for what is no difference, or where the platform accounts for an object otherwise; DT404 where no run has altered the schema. What is live is not looked at: only what reviewers read is accounted for afterwards, and a schema that is otherwise stays a finding.';
