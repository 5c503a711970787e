create or replace function dot.fn_principal_counted(p_principal text, p_from timestamptz) returns text
language plpgsql stable security definer set search_path = dot, pg_temp
as $$
declare
  v_path text[] := array[p_principal];
  v_next text;
begin
  loop
    select g.delegator_principal into v_next
      from dot.delegation g
     where g.delegate_principal = v_path[cardinality(v_path)]
       and g.valid_from <= dot.fn_clock_now() and least(g.revoked_at, g.valid_until) > p_from
     order by g.valid_from desc limit 1;
    exit when not found;
    if v_next = any (v_path) then
      -- Those of a circle are one, whoever of them is asked for.
      return (select min(c.who) from unnest(v_path[array_position(v_path, v_next):]) c(who));
    end if;
    v_path := v_path || v_next;
  end loop;
  return v_path[cardinality(v_path)];
end
$$;
comment on function dot.fn_principal_counted(text, timestamptz) is
  'Whom a principal counts as: the delegator, where a delegation was in force at any time since p_from, and that one''s delegator, and so on; else itself. So delegator and delegate are one, also when it has ended since.';
