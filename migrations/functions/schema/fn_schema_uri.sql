create or replace function dot.fn_schema_uri(p_base text, p_ref text) returns text
language plpgsql immutable parallel safe set search_path = dot, pg_temp set standard_conforming_strings = on
as $$
declare
  c_uri  constant text := '^(?:([A-Za-z][A-Za-z0-9+.-]*):)?(?://([^/?#]*))?([^?#]*)(?:\?([^#]*))?(?:#(.*))?$';
  v_base text[] := regexp_match(coalesce(p_base, ''), c_uri);
  v_ref  text[] := regexp_match(coalesce(p_ref, ''), c_uri);
  v_path text;
  v_out  text[] := array[]::text[];
  v_part text;
begin
  if v_ref[1] is not null then
    return p_ref;
  end if;
  if v_ref[2] is not null then
    v_base[2] := v_ref[2];
    v_path := v_ref[3];
    v_base[4] := v_ref[4];
  elsif v_ref[3] = '' then
    v_path := v_base[3];
    v_base[4] := coalesce(v_ref[4], v_base[4]);
  else
    v_path := case
      when left(v_ref[3], 1) = '/' then v_ref[3]
      when v_base[2] is not null and v_base[3] = '' then '/' || v_ref[3]
      else regexp_replace(v_base[3], '[^/]*$', '') || v_ref[3] end;
    v_base[4] := v_ref[4];
  end if;
  -- RFC 3986, 5.2.4: dot segments.
  if v_path ~ '(^|/)\.\.?(/|$)' then
    foreach v_part in array string_to_array(v_path, '/') loop
      if v_part = '..' then
        v_out := v_out[1:greatest(cardinality(v_out) - 1, 1)];
      elsif v_part <> '.' then
        v_out := v_out || v_part;
      end if;
    end loop;
    v_path := array_to_string(v_out, '/') || case when v_path ~ '(^|/)\.\.?$' then '/' else '' end;
  end if;
  return coalesce(v_base[1] || ':', '') || coalesce('//' || v_base[2], '') || v_path || coalesce('?' || v_base[4], '') || coalesce('#' || v_ref[5], '');
end
$$;
comment on function dot.fn_schema_uri(text, text) is
  'Resolves a URI reference against a base URI (RFC 3986, section 5.2). Both are text; the fragment of the base is dropped.';
