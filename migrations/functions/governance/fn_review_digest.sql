create or replace function dot.fn_review_digest(p_operation jsonb) returns text
language sql immutable parallel safe set search_path = dot, pg_temp
as $$
  select encode(sha256(convert_to(p_operation::text, 'UTF8')), 'hex')
$$;
comment on function dot.fn_review_digest(jsonb) is
  'The sha-256 (hex) of an operation. jsonb has one text for one content (sorted keys, no blanks to choose), so equal operations have equal digests.';
