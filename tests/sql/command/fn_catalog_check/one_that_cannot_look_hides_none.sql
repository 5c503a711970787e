-- A function that raises is named, and the others still answer.
set local role dot_owner;
create function dot.fn_catalog_finds_scratch(p_given jsonb) returns table (command text, finding text, detail text)
language plpgsql stable set search_path = dot, pg_temp as $$ begin return query select 'x', 'scratch', (1 / 0)::text; end $$;
reset role;
do $$
declare
  v jsonb := dot.fn_catalog_check('[]');
begin
  assert v -> 'ok' = 'false';
  assert v -> 'findings' @> '[{"finding": "check_failed", "command": null, "detail": "fn_catalog_finds_scratch: division by zero (22012)"}]', v::text;
  assert v -> 'findings' @> '[{"finding": "not_in_program", "command": "gate set"}]', v::text;
end
$$;
-- One with something to find is heard by its name alone.
set local role dot_owner;
create or replace function dot.fn_catalog_finds_scratch(p_given jsonb) returns table (command text, finding text, detail text)
language sql stable set search_path = dot, pg_temp as $$ select 'x', 'scratch', jsonb_array_length(p_given)::text $$;
reset role;
do $$
declare
  v jsonb := dot.fn_catalog_check('[{"spec": {"code": "x", "mutating": false, "function": "fn_x"}, "digest": ""}]');
begin
  assert v -> 'findings' @> '[{"finding": "scratch", "command": "x", "detail": "1"}]', v::text;
  assert not v @? '$.findings[*] ? (@.finding == "check_failed")', v::text;
end
$$;
