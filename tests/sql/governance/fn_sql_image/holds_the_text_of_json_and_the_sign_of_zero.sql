set local role dot_owner;
create temp table odd (id int, doc json, x double precision, xs real[]) on commit drop;
insert into odd values (1, '{"b":1.10, "a" : 1E5, "b":-0.0}', '-0', '{1.5,-0}'), (2, null, 1.5, '{0}'), (3, '"x"', 0, null);
do $$
declare
  v_images jsonb;
begin
  execute format('select jsonb_agg(%s order by o.id) from odd o', dot.fn_sql_image('pg_temp.odd', 'o')) into v_images;
  assert v_images = jsonb_build_array(
    jsonb_build_object('id', 1, 'doc', '{"b":1.10, "a" : 1E5, "b":-0.0}', 'x', '-0', 'xs', '{1.5,-0}'),
    jsonb_build_object('id', 2, 'doc', null, 'x', 1.5, 'xs', '[0]'::jsonb),
    jsonb_build_object('id', 3, 'doc', '"x"', 'x', 0, 'xs', null)), v_images::text;
  -- Where there is nothing of that kind, the image is the row as jsonb, as it always was.
  create temp table plain (id int, n numeric, doc jsonb) on commit drop;
  assert dot.fn_sql_image('pg_temp.plain', 'o') = 'to_jsonb(o.*)';
end $$;
