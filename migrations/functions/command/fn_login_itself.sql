create or replace function dot.fn_login_itself() returns boolean
language sql stable set search_path = dot, pg_temp
as $$
  select coalesce(current_setting('dot.session_token', true), '') = '' and coalesce(current_setting('dot.for_job', true), '') = ''
$$;
comment on function dot.fn_login_itself() is
  'Whether the caller acts as its own login: it presents no session, and is at no job for somebody.';
