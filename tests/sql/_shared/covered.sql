-- The tables that a domain lists: each is there, and covered as it says.
create function test.covered(p_domain text) returns void
language plpgsql as $$
declare
  v_table  record;
  v_number int := 0;
begin
  for v_table in execute format('select relation, how, to_regclass(''dot.'' || relation) as oid from dot.fn_tables_%s()', p_domain) loop
    v_number := v_number + 1;
    assert v_table.oid is not null, format('there is no table %s', v_table.relation);
    assert case split_part(v_table.how, ' ', 1)
      when 'recorded' then exists (
        select 1 from pg_trigger t where t.tgrelid = v_table.oid and t.tgname = 'record' and t.tgfoid = 'dot.fn_row_record'::regproc
           and t.tgenabled = 'A' and t.tgtype = 29 and t.tgqual is null and t.tgattr = ''::int2vector)
      when 'registry' then exists (
        select 1 from dot.registry_catalog r where r.table_name = v_table.relation and r.phase = 'live' and r.kind = 'registry')
      when 'sealed' then exists (
        select 1 from pg_trigger t where t.tgrelid = v_table.oid and t.tgname = 'protect_truncate' and t.tgenabled = 'A')
      when 'checked' then to_regprocedure(format('dot.%s()', replace(v_table.how, 'checked by ', ''))) is not null
      when 'left' then v_table.how ~ '^left out: .{10,}' end, format('%s: %s', v_table.relation, v_table.how);
  end loop;
  assert v_number > 0, p_domain;
end
$$;
