do $$ begin perform test.covered('registry'); end $$;
