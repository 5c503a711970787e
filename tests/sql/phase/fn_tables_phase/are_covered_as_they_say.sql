do $$ begin perform test.covered('phase'); end $$;
