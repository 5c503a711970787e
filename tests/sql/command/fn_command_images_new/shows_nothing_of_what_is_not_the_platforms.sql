create temp table passing (id int primary key);
do $$
declare
  v_before jsonb := dot.fn_command_counters(false);
  v        jsonb;
begin
  insert into passing values (1);
  update dot.dot_config set updated_by = 'x' where config_key = 'test.clock';
  v := dot.fn_command_images_new(v_before, 10);
  assert (select t -> 'key' = 'null' and t -> 'rows' = '[]' from jsonb_array_elements(v -> 'tables') t where t ->> 'relation' like '%passing'), v::text;
  perform test.equal((select t #>> '{rows,0,row,updated_by}' from jsonb_array_elements(v -> 'tables') t where t ->> 'relation' = 'dot.dot_config'), 'x');
end
$$;
