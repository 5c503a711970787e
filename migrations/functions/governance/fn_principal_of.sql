create or replace function dot.fn_principal_of(p_actor text, p_principal text default null) returns text
language sql stable security definer set search_path = dot, pg_temp
as $$
  with recursive up as (
    select a.actor_id, a.principal, 1 as hop from dot.dot_actor a where lower(a.actor_id) = lower(p_actor)
    union all
    select a.actor_id, a.principal, u.hop + 1 from up u join dot.dot_actor a on a.actor_id = u.principal where u.hop < 8
  )
  select lower(coalesce((select coalesce(u.principal, case when u.hop > 1 then u.actor_id end) from up u order by u.hop desc limit 1), p_principal, p_actor))
$$;
comment on function dot.fn_principal_of(text, text) is
  'The accountable person behind an actor, in lower case: by dot_actor as it is now, else as the actor was recorded (p_principal), else the actor.';
