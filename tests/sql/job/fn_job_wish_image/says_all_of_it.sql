do $$
begin
  perform test.equal(dot.fn_job_wish_image('k', '{"b": 1, "a": 2}'), dot.fn_job_wish_image('k', '{"a": 2, "b": 1}'));
  perform test.equal((select count(distinct i) from unnest(array[dot.fn_job_wish_image('k', '{}'), dot.fn_job_wish_image('l', '{}'), dot.fn_job_wish_image('k', '{"$for": {}}'),
    dot.fn_job_wish_image('k', null), dot.fn_job_wish_image(null, null)]) i), 5::bigint);
end
$$;
