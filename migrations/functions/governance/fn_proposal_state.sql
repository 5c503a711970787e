create or replace function dot.fn_proposal_state(p_state text, p_expires_at timestamptz) returns text
language sql stable set search_path = dot, pg_temp
as $$
  select case when p_state in ('draft', 'submitted', 'review', 'approved', 'rejected') and p_expires_at <= dot.fn_clock_now() then 'expired' else p_state end
$$;
comment on function dot.fn_proposal_state(text, timestamptz) is 'The state of a proposal as it is now: one that is open past its time is expired.';
