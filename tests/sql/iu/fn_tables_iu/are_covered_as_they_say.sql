do $$ begin perform test.covered('iu'); end $$;
