-- What changes meanwhile is tried with real sessions (boundary::isolation). Here: one's own change is seen, and nobody waits.
do $$
begin
  update dot.dot_config set value = value where config_key = 'policy.freeze';
  perform dot.fn_governed_seen();
  perform test.equal((select count(*) from dot.dot_config c where c.value_type = 'bool' and c.config_key <> 'policy.freeze' and c.xmax::text::bigint <> 0
    and pg_xact_status(c.xmax::text::xid8) = 'in progress'), 0::bigint);
end
$$;
