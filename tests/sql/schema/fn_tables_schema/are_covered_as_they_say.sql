do $$ begin perform test.covered('schema'); end $$;
