create or replace function dot.fn_principal_of(p_actor text, p_principal text default null) returns text
language plpgsql stable security definer set search_path = dot, pg_temp
as $$
declare
  v_person text := coalesce(p_principal, p_actor);
  v_at     text := p_actor;
  v_next   text;
begin
  -- An agent of an agent of a person is that person; a circle ends somewhere.
  for v_hop in 1..8 loop
    select a.principal into v_next from dot.dot_actor a where lower(a.actor_id) = lower(v_at);
    exit when not found;
    if v_hop > 1 then
      v_person := v_at;
    end if;
    exit when v_next is null;
    v_person := v_next;
    v_at := v_next;
  end loop;
  return lower(v_person);
end
$$;
comment on function dot.fn_principal_of(text, text) is
  'The accountable person behind an actor, in lower case: by dot_actor as it is now, else as the actor was recorded (p_principal), else the actor.';
