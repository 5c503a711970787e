create or replace function dot.fn_review_text(p_parts jsonb) returns text
language sql immutable set search_path = dot, pg_temp
as $$
  select 'dot-approval/1' || chr(10) || string_agg(n.name || ': ' || (p_parts ->> n.name) || chr(10), '' order by n.no)
    from unnest(array['database', 'proposal', 'kind', 'revision', 'payload', 'base', 'code', 'policy', 'verdict', 'reviewer', 'rationale', 'evidence', 'time'])
         with ordinality n(name, no)
  having bool_and(coalesce(strpos(p_parts ->> n.name, chr(10)) = 0, false))
$$;
comment on function dot.fn_review_text(jsonb) is
  'The one text of a decision that is signed: dot-approval/1, then each part on a line of its own, as name: value. Digests are sha256:HEX. Null where a part is missing or has more than one line.';
