create or replace function dot.fn_review_parts(p_statement text) returns jsonb
language sql immutable set search_path = dot, pg_temp
as $$
  select p.parts
    from (select jsonb_object_agg(split_part(l.line, ': ', 1), substr(l.line, strpos(l.line, ': ') + 2)) as parts
            from unnest(string_to_array(p_statement, chr(10))) with ordinality l(line, no) where l.no > 1 and l.line <> '') p
   where dot.fn_review_text(p.parts) = p_statement
$$;
comment on function dot.fn_review_parts(text) is 'The parts of a text that fn_review_text made; null for any other.';
