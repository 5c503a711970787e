do $$ begin perform test.covered('governance'); end $$;
