create or replace function dot.fn_schema_pointer(p_fragment text) returns text[]
language plpgsql immutable parallel safe set search_path = dot, pg_temp
as $$
declare
  v_text text := p_fragment;
begin
  if coalesce(v_text, '') = '' then
    return array[]::text[];
  end if;
  if position('%' in v_text) > 0 then
    begin
      select convert_from(decode(string_agg(case when m[1] is not null then m[1] else encode(convert_to(m[2], 'UTF8'), 'hex') end, ''), 'hex'), 'UTF8')
        into v_text from regexp_matches(v_text, '%([0-9A-Fa-f]{2})|([^%]+|%)', 'g') m;
    exception when character_not_in_repertoire or untranslatable_character then
      v_text := p_fragment;
    end;
  end if;
  if left(v_text, 1) <> '/' then
    return null;
  end if;
  return array(select replace(replace(t, '~1', '/'), '~0', '~') from unnest(string_to_array(substr(v_text, 2), '/')) with ordinality x(t, n) order by n);
end
$$;
comment on function dot.fn_schema_pointer(text) is
  'The tokens of a JSON Pointer (RFC 6901) as it stands in the fragment of a URI, percent-encoding undone; empty for the root. Null when the fragment is no pointer but the name of an anchor.';
