do $$
begin
  perform test.equal(dot.fn_identity_claimed(), current_setting('cluster_name') = 'dot' and current_setting('listen_addresses') = '');
  update dot.dot_config set value = 'true' where config_key = 'identity.accept_claims';
  perform test.equal(dot.fn_identity_claimed(), true);
end
$$;
