do $$
declare
  v_hashes bytea;
begin
  perform dot.fn_audit_seal();
  set local timezone = 'UTC';
  v_hashes := (select hashes from dot.fn_audit_compare(0, 1000));
  -- Nothing that a session can choose changes a canonical text.
  set local timezone = 'Asia/Ho_Chi_Minh';
  set local datestyle = 'SQL, DMY';
  set local bytea_output = 'escape';
  assert (select hashes = v_hashes and findings = '[]' and leaves > 0 from dot.fn_audit_compare(0, 1000));
end
$$;
