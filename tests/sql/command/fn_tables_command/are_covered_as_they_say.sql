do $$ begin perform test.covered('command'); end $$;
