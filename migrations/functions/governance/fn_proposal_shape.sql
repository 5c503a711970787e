create or replace function dot.fn_proposal_shape(p_kind text, p_shape jsonb, p_payload jsonb) returns void
language plpgsql immutable set search_path = dot, pg_temp
as $$
declare
  v_member record;
  v_given  jsonb;
  v_known  text := (select string_agg(k || case when (p_shape #>> array[k, 'required']) = 'false' then '?' else '' end, ', ' order by k) from jsonb_object_keys(p_shape) k);
begin
  if jsonb_typeof(p_payload) is distinct from 'object' then
    raise exception using errcode = 'DT400', message = 'the payload must be a JSON object', hint = format('The members of %s: %s', p_kind, v_known);
  end if;
  for v_member in
    select k.name, p_shape #>> array[k.name, 'type'] as type, coalesce(p_shape #>> array[k.name, 'required'], 'true') = 'true' as required
      from (select jsonb_object_keys(p_shape) as name union select jsonb_object_keys(p_payload)) k order by 1
  loop
    v_given := nullif(p_payload -> v_member.name, 'null');
    if v_member.type is null then
      raise exception using errcode = 'DT400', message = format('%s has no member %s', p_kind, v_member.name), hint = format('Its members: %s', v_known);
    elsif v_given is null and v_member.required then
      raise exception using errcode = 'DT400', message = format('%s needs the member %s', p_kind, v_member.name), hint = format('Its members: %s', v_known);
    elsif v_given is not null and not (case v_member.type
        when 'text' then jsonb_typeof(v_given) = 'string'
        when 'uuid' then jsonb_typeof(v_given) = 'string' and v_given #>> '{}' ~* '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$'
        when 'int' then jsonb_typeof(v_given) = 'number' and v_given #>> '{}' ~ '^-?[0-9]{1,9}$'
        when 'bool' then jsonb_typeof(v_given) = 'boolean'
        when 'object' then jsonb_typeof(v_given) = 'object'
        when 'array' then jsonb_typeof(v_given) = 'array'
        when 'int[]' then jsonb_typeof(v_given) = 'array' and not v_given @? '$[*] ? (@.type() != "number")'
        when 'uuid[]' then jsonb_typeof(v_given) = 'array' and not v_given @? '$[*] ? (!(@ like_regex "^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$" flag "i"))'
        else v_member.type = 'json' end)
    then
      raise exception using errcode = 'DT400', message = format('%s: %s is not of type %s', p_kind, v_member.name, v_member.type),
        detail = jsonb_build_object('member', v_member.name, 'given', v_given)::text, hint = format('Its members: %s', v_known);
    end if;
  end loop;
end
$$;
comment on function dot.fn_proposal_shape(text, jsonb, jsonb) is
  'Raises DT400 unless the payload has exactly the members of a kind''s shape {member: {type, required}}: types text, uuid, int, bool, object, array, int[], uuid[], json.';
