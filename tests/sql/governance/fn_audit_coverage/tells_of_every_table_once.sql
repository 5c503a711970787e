do $$
declare
  v_missing text := (
    select string_agg(c.relname, ', ' order by c.relname) from pg_class c
     where c.relnamespace = 'dot'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
       and not exists (select 1 from dot.fn_audit_coverage() v where v.relation = c.relname));
begin
  perform test.equal(v_missing, null, 'covered by nothing, and without a reason');
  perform test.equal((select string_agg(relation, ', ') from (select relation from dot.fn_audit_coverage() group by 1 having count(*) > 1) t), null, 'told of twice');
end
$$;
