create function test.change() returns jsonb language plpgsql as $$
declare
  v_before jsonb := dot.fn_command_counters(false);
begin
  update dot.dot_config set updated_by = 'new' where config_key = 'test.clock';
  return dot.fn_command_images_new(v_before, 10);
end $$;
do $$
declare
  v_was text := (select updated_by from dot.dot_config where config_key = 'test.clock');
  v     jsonb;
begin
  select dot.fn_command_images_old(s.new, 10, 0) into v from (select test.change() as new offset 0) s;
  perform test.equal(v #>> '{0,updated,0,row,updated_by}', v_was);
  perform test.equal(v #>> '{0,updated,0,moved}', 'false');
end
$$;
