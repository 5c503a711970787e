create or replace function dot.fn_actor_add(
  p_actor text, p_kind text, p_login text default null, p_answers_to text default null, p_role text[] default null)
returns jsonb
language plpgsql volatile security definer set search_path = dot, pg_temp
as $$
declare
  v_refused jsonb := dot.fn_command_guard('actor add',
    jsonb_build_object('actor', p_actor, 'kind', p_kind, 'login', p_login, 'answers-to', p_answers_to, 'role', p_role));
  v_login   text := coalesce(p_login, p_actor);
  v_roles   text[] := dot.fn_actor_roles(p_kind, p_role);
  v_missing text[];
  v_other   text;
  v_new     text[];
  v_decides boolean;
  v_owner   boolean;
begin
  if v_refused is not null then
    return v_refused;
  end if;
  if coalesce(p_actor, '') !~ '^[a-zA-Z0-9][a-zA-Z0-9._@-]{0,62}$' then
    raise exception using errcode = 'DT400', message = format('invalid actor name %L', p_actor),
      hint = 'Up to 63 letters, digits and . _ @ -, beginning with a letter or digit.';
  end if;
  if p_kind = 'agent' and p_answers_to is null then
    raise exception using errcode = 'DT400', message = 'an agent needs a principal', hint = 'The person who answers for it: --answers-to NAME';
  end if;
  if p_answers_to is not null and not exists (select 1 from dot.dot_actor where actor_id = p_answers_to and actor_kind = 'human' and status = 'active') then
    raise exception using errcode = 'DT404', message = format('there is no active person %s', p_answers_to), hint = 'dot actor list';
  end if;
  select a.actor_id into v_other from dot.dot_actor a
   where (lower(a.actor_id) = lower(p_actor) or a.login_name = v_login) and not (a.actor_id = p_actor and a.login_name = v_login);
  if found then
    return dot.fn_command_answer('actor add', dot.fn_command_refusal('DT409', 'actor_taken', format('actor %s already has this name or this login', v_other),
      'A login belongs to one actor, and names differ by more than their case: dot actor list'));
  end if;
  -- Whoever may act as the owner is an actor, and is none any more, by their own doing alone.
  if dot.fn_actor_outranks(v_login) then
    return dot.fn_command_answer('actor add', dot.fn_command_refusal('DT403', 'owner_login', format('login %s may act as dot_owner; only one that may makes it an actor', v_login),
      'Ask who administers the server.', jsonb_build_object('login', v_login)));
  end if;
  -- The login and its memberships are made by the caller's own rights; here they are only looked at.
  select array_agg(r) into v_missing from unnest(v_roles) r
   where not dot.fn_role_granted(v_login, r);
  -- A rehearsal, also one that is proposed, comes before they are made.
  if v_missing is not null and not exists (
    select 1 from dot.dot_command_run r
     where r.run_id = dot.fn_run_current() and r.mode = 'dry_run' and r.state = 'started')
  then
    return dot.fn_command_answer('actor add', dot.fn_command_refusal('DT409', 'login_not_ready', format('login %s does not exist or lacks %s', v_login, array_to_string(v_missing, ', ')),
      format('A role that may create roles runs: create role %I login; grant %s to %I', v_login, array_to_string(v_roles, ', '), v_login)));
  end if;
  select array(select unnest(v_roles) except select unnest(a.roles)) into v_new from dot.dot_actor a where a.actor_id = p_actor;
  v_refused := dot.fn_actor_promote(p_actor, coalesce(v_new, v_roles));
  if v_refused is not null then
    return dot.fn_command_answer('actor add', v_refused);
  end if;
  -- A role that the platform did not give counts for nobody who is known.
  if v_new is null and v_login = session_user and dot.fn_role_held(session_user, 'dot_admin') and 'dot_admin' <> all (v_roles)
    and not (select r.rolsuper from pg_roles r where r.rolname = v_login)
  then
    return dot.fn_command_answer('actor add', dot.fn_command_refusal('DT409', 'admin_lost', format('as actor %s without dot_admin, login %s would not administer any more', p_actor, v_login),
      'Name the roles that it is to have: --role dot_admin …', jsonb_build_object('actor', p_actor)));
  end if;
  -- Whoever answers to someone is counted as them, and what they propose is not for that person to approve.
  v_decides := p_answers_to is not null and (p_kind = 'human' or exists (select 1 from dot.dot_actor a where a.actor_id = p_answers_to and a.roles && dot.fn_actor_weighty()));
  if v_decides and v_new is null and (dot.fn_actor_current()).actor_id is distinct from p_answers_to then
    v_refused := dot.fn_actor_approval(format('%s answers to %s with the approval of another person only', p_actor, p_answers_to),
      jsonb_build_object('actor', p_actor, 'answers_to', p_answers_to));
    if v_refused is not null then
      return dot.fn_command_answer('actor add', v_refused);
    end if;
  end if;
  -- What a login that is not known yet may do already is accepted with it, and kept in this run's outcome: what comes later is found.
  v_owner := v_new is null and dot.fn_role_granted(v_login, 'dot_owner') and not (select r.rolsuper from pg_roles r where r.rolname = v_login);
  insert into dot.dot_actor as a (actor_id, actor_kind, login_name, principal, roles, added_by, run_id)
  values (p_actor, p_kind, v_login, p_answers_to, v_roles, (dot.fn_actor_current()).actor_id, dot.fn_run_current())
  on conflict (actor_id) do update
    set roles = array(select distinct r from unnest(a.roles || excluded.roles) r order by r),
        -- Since when someone decides by a right of their own is told by it: a role that decides nothing changes nothing of that.
        changed_at = case when excluded.roles && dot.fn_actor_weighty() then dot.fn_clock_now() else a.changed_at end
    where not excluded.roles <@ a.roles and p_role is not null and a.actor_kind = excluded.actor_kind;
  return jsonb_build_object('actor', p_actor, 'changed', found, 'kind', p_kind, 'login', v_login, 'principal', p_answers_to, 'roles', v_roles, 'acts_as_owner', v_owner,
    'inverse', case when v_new is null then jsonb_build_object('actor', p_actor) end);
end
$$;
comment on function dot.fn_actor_add(text, text, text, text, text[]) is
  'Makes a login known as an actor. p_kind: human, agent, ci or service; p_login: the actor''s name when null; p_role: by the kind when null (fn_actor_roles). An agent needs an active person as its principal. One who is known gets the roles that p_role names besides those there are. Roles that decide or make actors need an approval (fn_actor_promote), and so does another''s actor that answers to who holds one, and another''s second account. Returns {actor, changed, kind, login, principal, roles, acts_as_owner: whether a login that was not known could act as dot_owner already, inverse}; fn_audit_finds_role_granted takes that as accepted by the run that made the actor. Refusals: DT409 when name or login belong to another, the login lacks the roles, or it is the caller''s own and would lose dot_admin by it; DT403 owner_login for another''s login that may act as dot_owner, by one that may not. DT400 for a bad name or kind, DT404 for an unknown principal.';
