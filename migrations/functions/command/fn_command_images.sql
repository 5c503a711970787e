create or replace function dot.fn_command_images(p_new jsonb, p_old jsonb, p_gone jsonb, p_limit int) returns jsonb
language sql stable set search_path = dot, pg_temp set standard_conforming_strings = on
as $$
  with written as (
    select t.relation, t.key is not null and jsonb_array_length(t.rows) < p_limit as all_seen, t.deleted, t.rows
      from jsonb_to_recordset(p_new -> 'tables') as t(relation text, key text[], deleted bigint, rows jsonb)
  ),
  before as (
    select o.relation, u.value -> 'key' as key, u.value -> 'row' as image, u.value -> 'at' as at, (u.value ->> 'moved')::boolean as moved
      from jsonb_to_recordset(p_old) as o(relation text, updated jsonb) cross join lateral jsonb_array_elements(o.updated) u
  ),
  gone as (
    select g.relation, r.value -> 'key' as key, r.value -> 'row' as image
      from jsonb_to_recordset(p_gone) as g(relation text, rows jsonb) cross join lateral jsonb_array_elements(g.rows) r
  ),
  image as materialized (
    select w.relation, r.value -> 'key' as key, b.image as before, r.value -> 'row' as after
      from written w cross join lateral jsonb_array_elements(w.rows) r
      left join before b on b.relation = w.relation and b.key = r.value -> 'key'
     -- Written by this transaction before, and where it was.
     where b.at is distinct from r.value -> 'at'
    union all
    select g.relation, g.key, g.image, null from gone g
  ),
  whole as (
    select coalesce(bool_and(w.all_seen and w.deleted <= (select count(*) from gone g where g.relation = w.relation)
             and (select count(*) from gone g where g.relation = w.relation) < p_limit), true) as whole
      from written w
  )
  select jsonb_build_object(
    'whole', whole.whole,
    'moved', exists (
      select 1 from before b join written w using (relation) cross join lateral jsonb_array_elements(w.rows) r
       where b.moved and r.value -> 'key' = b.key and r.value -> 'at' <> b.at),
    'images', (select coalesce(jsonb_agg(jsonb_build_object('table', i.relation, 'key', i.key, 'before', i.before, 'after', i.after)
                 order by i.relation collate "C", i.key::text collate "C"), '[]') from image i),
    'keys', case when whole.whole then (
      select coalesce(jsonb_agg(jsonb_build_object('table', i.relation, 'key', i.key) order by i.relation collate "C", i.key::text collate "C"), '[]')
        from image i where i.before is not null) end,
    'base_digest', case when whole.whole then (
      select encode(sha256(convert_to(coalesce(string_agg(jsonb_build_array(i.relation, i.key, i.before)::text, e'\n'
               order by i.relation collate "C", i.key::text collate "C"), ''), 'UTF8')), 'hex')
        from image i where i.before is not null) end)
    from whole
$$;
comment on function dot.fn_command_images(jsonb, jsonb, jsonb, int) is
  'Joins what fn_command_images_new, _old and _gone found by primary key: {whole: every changed row is among them, moved: a replaced row is not the one that was seen, images: [{table, key, before, after}] in order, keys: [{table, key}] of the replaced rows, base_digest: the sha-256 over them as they were}; keys and base_digest are null unless whole. before is null for an inserted row, after for a deleted one.';
