do $$
declare
  v_target jsonb;
begin
  foreach v_target in array array[
    '{"headers": {"Authorization": "Bearer x"}}', '{"headers": {"x-api-key": "x"}}', '{"headers": {"x-api-key": {"value": "x"}}}', '{"headers": {"x-api-key": {"env": "A", "x": "s"}}}', '{"headers": [["authorization", "x"]]}',
    '{"url": "https://example.org/?pwd=x"}', '{"url": "https://example.org/?sig=x"}', '{"url": "https://example.org/?to%6ben=x"}', '{"url": "https://example.org/#token=x"}', '{"url": "https://example.org/?a=1;jwt=x"}', '{"headers": {"X-Auth": ["x"]}}', '{"headers": {"COOKIE": "a=b"}}',
    '{"url": "https://example.org/?code=AzureKey"}', '{"headers": {"X-Functions-Key": "x"}}', '{"headers": {"DD-APPLICATION-KEY": "x"}}', '{"headers": {"X-Custom": "Bearer abc"}}',
    '{"program": "/usr/bin/curl", "args": ["-H", "Authorization: Bearer abc"]}', '{"program": "/bin/a", "args": ["--token=abc"]}',
    '{"url": "https://u:p@example.org/"}', '{"url": "//u@example.org"}', '{"url": "https://example.org/?a=1&api_key=x"}', '{"url": "https://example.org/?access_token=x#f"}']::jsonb[]
  loop
    perform test.raises('DT400', format('select dot.fn_job_target_check(%L, %L)', 'a.b', v_target));
  end loop;
  foreach v_target in array array[
    null, '{}', '{"headers": null}', '{"headers": {"Authorization": {"env": "TOKEN"}, "author": "me", "idempotency-key": "x", "sort-key": "x"}}',
    '{"url": "https://example.org/a@b?mail=a@b&page=2"}', '{"url": "https://example.org/?token="}', '{"program": "/bin/true", "args": ["--token-file", "/run/secrets/x"]}']::jsonb[]
  loop
    perform dot.fn_job_target_check('a.b', v_target);
  end loop;
end
$$;
