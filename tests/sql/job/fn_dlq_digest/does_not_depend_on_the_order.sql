do $$
begin
  perform test.equal(dot.fn_dlq_digest('{3,1,2}'), dot.fn_dlq_digest('{1,2,3}'));
  perform test.equal(dot.fn_dlq_digest('{1,2}'), encode(sha256('1,2'), 'hex'));
  assert dot.fn_dlq_digest('{1,2}') <> dot.fn_dlq_digest('{12}') and dot.fn_dlq_digest('{}') is not null;
end
$$;
