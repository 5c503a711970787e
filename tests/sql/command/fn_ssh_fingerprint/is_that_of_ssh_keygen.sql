do $$
begin
  perform test.equal(dot.fn_ssh_fingerprint(decode('AAAAC3NzaC1lZDI1NTE5AAAAIJGkIfpKzCR4xstG+Pp6ZKXGXtQVbYIbEETG6kTTwer/', 'base64')), 'SHA256:Ngf0Zi2Th2rpoUza4H0SLD0jnBwxgi/rzheRDGSw39g');
end
$$;
