do $$
declare
  v_key constant text := 'select dot.fn_ssh_key(''ecdsa-sha2-nistp256 '' || translate(encode(test.ssh_string(''ecdsa-sha2-nistp256'') || test.ssh_string(%L) || test.ssh_string(%L::bytea), ''base64''), chr(10), ''''))';
  v_point constant bytea := decode('04' || repeat('11', 64), 'hex');
begin
  execute format(v_key, 'nistp256', v_point);
  perform test.raises('DT400', format(v_key, 'nistp384', v_point));
  perform test.raises('DT400', format(v_key, '', v_point));
  perform test.raises('DT400', format(v_key, 'nistp256', substring(v_point for 64)));
  perform test.raises('DT400', format(v_key, 'nistp256', set_byte(v_point, 0, 2)));
end
$$;
