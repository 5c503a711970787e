create or replace function dot.fn_phase0_scratch(p_name text, p_pieces text[]) returns jsonb
language sql immutable parallel safe set search_path = dot, pg_temp set standard_conforming_strings = on
as $$
  select jsonb_build_array(jsonb_build_object('path', p_name, 'body', array_to_string(p_pieces, ''), 'marks', jsonb_agg(
           jsonb_build_object('start', s.since, 'end', s.since + s.bytes, 'kind', 'section', 'level', length(substring(s.body from '^#+')),
             'title', trim(substring(s.body from '^#+ ([^\n]*)'))) order by s.no)))
    from (
      select no, body, octet_length(body) as bytes, coalesce(sum(octet_length(body)) over (order by no rows between unbounded preceding and 1 preceding), 0) as since
        from unnest(p_pieces) with ordinality as u(body, no)) s
$$;
comment on function dot.fn_phase0_scratch(text, text[]) is
  'A document for fn_iu_import, made of sections that each begin with an ATX heading.';
