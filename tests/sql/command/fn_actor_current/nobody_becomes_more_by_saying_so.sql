-- Elsewhere than on the private cluster of a machine.
create or replace function dot.fn_identity_private() returns boolean language sql stable security definer set search_path = dot, pg_temp as 'select false';
do $$
declare
  v_person constant text := test.login('p', '{dot_operator}');
  v_agent  constant text := test.login('a', '{dot_agent}');
  v_known  constant text := test.login('k', '{dot_operator}');
  v_claim  constant text := $q$select (dot.fn_actor_current())::text from (
    select set_config('dot.actor', 'boss', true), set_config('dot.principal', 'boss', true), set_config('dot.actor_kind', %L, true), set_config('dot.for_kind', 'agent', true),
           set_config('dot.for_principal', 'boss', true) offset 0) s$q$;
  v_kind   text;
begin
  insert into dot.dot_actor (actor_id, actor_kind, login_name) values ('kim', 'ci', v_known);
  foreach v_kind in array array['human', 'ci', 'service', 'nonsense', ''] loop
    perform test.equal(test.by(v_person, format(v_claim, v_kind)), format('(%s,human,,f)', v_person), v_kind);
    perform test.equal(test.by(v_agent, format(v_claim, v_kind)), format('(%s,agent,,f)', v_agent), v_kind);
    perform test.equal(test.by(v_known, format(v_claim, v_kind)), '(kim,ci,,t)', v_kind);
  end loop;
  perform test.equal(test.by(v_person, format(v_claim, 'agent')), format('(%s,agent,,f)', v_person), 'less than a person');
end
$$;
