create or replace function dot.fn_row_image(p_row jsonb, p_left_out text[], p_hidden text[]) returns jsonb
language sql immutable set search_path = dot, pg_temp
as $$
  select coalesce(jsonb_object_agg(e.key, case
           when e.key = any (p_hidden) or length(e.value::text) > 512
             then jsonb_build_object('sha256', encode(sha256(convert_to(e.value::text, 'UTF8')), 'hex'))
           else e.value end), '{}')
    from jsonb_each(p_row) e where e.key <> all (p_left_out)
$$;
comment on function dot.fn_row_image(jsonb, text[], text[]) is
  'A row as dot_row_history keeps it: without the columns p_left_out, and with {sha256: hexadecimal} in place of values that are longer than 512 characters as JSON or stand in a column of p_hidden.';
