create or replace function dot.fn_actor_promote(p_actor text, p_roles text[]) returns jsonb
language plpgsql stable security definer set search_path = dot, pg_temp
as $$
declare
  v_roles constant text[] := array(select r from unnest(p_roles) r where r = any (dot.fn_actor_weighty()));
begin
  if v_roles = '{}' then
    return null;
  end if;
  return dot.fn_actor_approval(format('%s gets %s with the approval of another person only', p_actor, array_to_string(v_roles, ', ')),
    jsonb_build_object('actor', p_actor, 'roles', to_jsonb(v_roles)));
end
$$;
comment on function dot.fn_actor_promote(text, text[]) is
  'Whether the run may make an actor one with these roles: null, or a refusal (DT428) where they are weighty (fn_actor_weighty) and nobody has approved it (fn_actor_approval).';
