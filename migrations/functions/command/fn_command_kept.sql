create or replace function dot.fn_command_kept(p_document jsonb) returns jsonb
language sql immutable set search_path = dot, pg_temp
as $$
  select case when octet_length(p_document::text) > 65536 then jsonb_build_object('omitted_bytes', octet_length(p_document::text)) else p_document end
$$;
comment on function dot.fn_command_kept(jsonb) is
  'What the audit keeps of a document that somebody sent in vain, or merely read with: {omitted_bytes} of one of more than 64 KiB, which who may do nothing could fill the disk with.';
