do $$
begin
  alter table dot.break_glass disable trigger record;
  perform test.equal((select string_agg(signal || ' ' || cure, ', ') from dot.fn_problems_command()),
    $q$disabled_triggers psql -c 'alter table dot.break_glass enable always trigger record'$q$);
  alter table dot.break_glass enable always trigger record;
  perform test.equal((select count(*) from dot.fn_problems_command()), 0::bigint);
end
$$;
