do $$
declare
  v_table text;
begin
  foreach v_table in array array['dot_actor', 'dot_session', 'dot_config'] loop
    perform setval('dot.governed_xid', 5);
    execute format('delete from dot.%I where false', v_table);
    perform test.equal((select last_value from dot.governed_xid), pg_current_xact_id()::text::bigint, v_table);
  end loop;
  -- Never back: of two that change at once, the newer counts.
  perform setval('dot.governed_xid', 9000000000000000000);
  update dot.dot_config set value = value where config_key = 'test.clock';
  perform test.equal((select last_value from dot.governed_xid), 9000000000000000000);
end
$$;
