do $$
declare
  v_eve text := test.login('eve', '{dot_reader}');
  v_ask text := format($q$select f ->> 'cure' from jsonb_array_elements(dot.fn_actor_check() -> 'problems') f where f ->> 'actor' = %L$q$, v_eve);
  v_saw text;
begin
  execute $q$create or replace function dot.fn_identity_private() returns boolean language sql stable security definer set search_path = dot, pg_temp as 'select false'$q$;
  execute v_ask into v_saw;
  perform test.equal(v_saw, format('dot actor add %s --kind human --role dot_reader --yes', v_eve));
  assert (select f ->> 'problem' like '%revoke connect on database ' || quote_ident(current_database()) || ' from public%' from jsonb_array_elements(dot.fn_actor_check() -> 'problems') f where f ->> 'actor' = v_eve);
  perform test.equal((select cure from dot.fn_problems_surface() where signal = 'unfit_actors' and what like '%' || v_eve || '%'), v_saw);
  execute format('revoke connect on database %I from public', current_database());
  execute v_ask into v_saw;
  perform test.equal(v_saw, null::text, 'another database''s');
  execute format('grant connect on database %I to %I', current_database(), v_eve);
  execute v_ask into v_saw;
  perform test.equal(v_saw is not null, true);
end
$$;
