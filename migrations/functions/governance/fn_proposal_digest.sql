create or replace function dot.fn_proposal_digest(p_content jsonb) returns text
language sql immutable parallel safe set search_path = dot, pg_temp
as $$
  select encode(sha256(convert_to(coalesce(p_content, 'null')::text, 'UTF8')), 'hex')
$$;
comment on function dot.fn_proposal_digest(jsonb) is
  'The sha-256 (hex) of a payload or base. jsonb has one text for one content (sorted keys, no blanks to choose), so equal contents have equal digests. Null is JSON null.';
