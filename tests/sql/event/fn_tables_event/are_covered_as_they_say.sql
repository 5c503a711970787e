do $$ begin perform test.covered('event'); end $$;
