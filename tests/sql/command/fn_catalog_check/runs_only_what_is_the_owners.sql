-- A function that another role puts under such a name is not called, nor one that writes or takes something else.
create function dot.fn_catalog_finds_foreign(p_given jsonb) returns table (command text, finding text, detail text)
language sql stable as $$ select 'x', 'foreign', session_user::text $$;
set local role dot_owner;
create function dot.fn_catalog_finds_writing(p_given jsonb) returns table (command text, finding text, detail text)
language sql volatile as $$ select 'x', 'writing', '' $$;
create function dot.fn_catalog_finds_text(p_given text) returns table (command text, finding text, detail text)
language sql stable as $$ select 'x', 'text', '' $$;
reset role;
do $$
declare
  v jsonb := dot.fn_catalog_check('[]');
begin
  assert not v @? '$.findings[*] ? (@.finding == "foreign" || @.finding == "writing" || @.finding == "text")', v::text;
end
$$;
