do $$ begin perform test.covered('job'); end $$;
