do $$
begin
  perform test.raises('DT404', format('select dot.fn_batch_seal(%L)', gen_random_uuid()), 'there is no batch%');
end
$$;
