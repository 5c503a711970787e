create or replace function dot.fn_audit_verified() returns timestamptz
language sql stable security definer set search_path = dot, pg_temp
as $$ select max(r.finished_at) from dot.fn_audit_verified_last() r $$;
comment on function dot.fn_audit_verified() is
  'When the audit was verified last (dot audit verify) by a login that has dot_admin or the owner''s rights, as its run says; null where no run of it is kept.';
