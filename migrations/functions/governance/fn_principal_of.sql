create or replace function dot.fn_principal_of(p_actor text, p_principal text default null) returns text
language plpgsql stable security definer set search_path = dot, pg_temp
as $$
declare
  v_person text := coalesce(p_principal, p_actor);
  v_at     text := p_actor;
  v_next   text;
  v_path   text[] := array[lower(p_actor)];
begin
  -- An agent of an agent of a person is that person, through any number of them.
  loop
    select a.principal into v_next from dot.dot_actor a where lower(a.actor_id) = lower(v_at);
    exit when not found;
    exit when v_next is null;
    if lower(v_next) = any (v_path) then
      -- Those of a circle are one, whoever of them is asked for.
      return (select min(c.who) from unnest(v_path[array_position(v_path, lower(v_next)):]) c(who));
    end if;
    v_path := v_path || lower(v_next);
    v_person := v_next;
    v_at := v_next;
  end loop;
  return lower(v_person);
end
$$;
comment on function dot.fn_principal_of(text, text) is
  'The accountable person behind an actor, in lower case: by dot_actor as it is now, else as the actor was recorded (p_principal), else the actor.';
