-- A signature that holds elsewhere could be carried there: what it is of is told here once more.
do $$
declare
  v_of     constant bytea := convert_to(jsonb_build_array('birth', 'x', pg_backend_pid(), extract(epoch from now()))::text, 'UTF8');
  v_secret bytea := (select s.secret from dot.dot_secret s);
begin
  perform test.equal(dot.fn_context_sign('birth', 'x'), encode(sha256(v_secret || sha256(v_secret || v_of)), 'hex'));
end
$$;
