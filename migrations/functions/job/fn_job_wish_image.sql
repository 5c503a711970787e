create or replace function dot.fn_job_wish_image(p_kind text, p_payload jsonb) returns jsonb
language sql immutable set search_path = dot, pg_temp
as $$
  select jsonb_build_object('kind', p_kind, 'payload', encode(sha256(convert_to(coalesce(p_payload, 'null')::text, 'UTF8')), 'hex'))
$$;
comment on function dot.fn_job_wish_image(text, jsonb) is
  'What is kept of a job, or of the end of a batch, that was asked for: {kind, payload: the sha-256 (hex) of its text, with whose it is}.';
