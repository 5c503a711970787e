create or replace function dot.fn_session_own(p_actor text) returns boolean
language sql stable security definer set search_path = dot, pg_temp
as $$
  select coalesce(current_setting('dot.session_token', true), '') = ''
    or coalesce((dot.fn_session_verify(current_setting('dot.session_token', true))).actor_id = p_actor, false)
$$;
comment on function dot.fn_session_own(text) is
  'Whether what an actor began is this session''s to go on with, as far as tokens tell: always where none is presented, else only for the actor for whom it stands; a token that stands for nobody goes on with nothing.';
