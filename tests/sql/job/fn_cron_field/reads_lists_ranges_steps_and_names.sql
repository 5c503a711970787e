do $$
begin
  perform test.equal(dot.fn_cron_field('*/15', 0, 59), '{0,15,30,45}'::int[]);
  perform test.equal(dot.fn_cron_field('1-5,3,9', 0, 23), '{1,2,3,4,5,9}'::int[]);
  perform test.equal(dot.fn_cron_field('10/20', 0, 59), '{10,30,50}'::int[], 'from a number on');
  perform test.equal(dot.fn_cron_field('mon-wed', 0, 7, '{sun,mon,tue,wed,thu,fri,sat}'), '{1,2,3}'::int[]);
  perform test.equal(dot.fn_cron_field('FEB', 1, 12, '{jan,feb}'), '{2}'::int[]);
  perform test.raises('DT400', $q$select dot.fn_cron_field('60', 0, 59)$q$);
  perform test.raises('DT400', $q$select dot.fn_cron_field('*/0', 0, 59)$q$);
  perform test.raises('DT400', $q$select dot.fn_cron_field('5-1', 0, 59)$q$);
  perform test.raises('DT400', $q$select dot.fn_cron_field('a', 0, 59)$q$);
end
$$;
