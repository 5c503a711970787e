do $$
declare
  v_first uuid := dot.fn_uuid_v7();
  v_second uuid;
begin
  assert substr(v_first::text, 15, 1) = '7', 'the version';
  assert substr(v_first::text, 20, 1) in ('8', '9', 'a', 'b'), 'the variant';
  perform pg_sleep(0.002);
  v_second := dot.fn_uuid_v7();
  assert v_first < v_second, 'later ones sort later';
  assert abs(('x' || replace(left(v_first::text, 13), '-', ''))::bit(48)::bigint - extract(epoch from clock_timestamp()) * 1000) < 1000, 'the time is in it';
end
$$;
