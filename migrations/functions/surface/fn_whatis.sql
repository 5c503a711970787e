create or replace function dot.fn_whatis(p_id text)
returns table (kind text, id text, found_in text, summary text, command text)
language plpgsql stable security definer set search_path = dot, pg_temp set quote_all_identifiers = off
as $$
declare
  v_place record;
  v_row   jsonb;
  v_kind  text;
  v_many  text;
  v_ids   uuid[];
  v_type  text := case
    when p_id ~* '^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$' then 'uuid'
    when p_id ~ '^[0-9]{1,18}$' then 'bigint'
    else 'text' end;
begin
  if coalesce(trim(p_id), '') = '' then
    raise exception using errcode = 'DT400', message = 'an id is needed', hint = 'A UUID, a trace id, a number, a key or a hash.';
  end if;
  -- Any column that leads an index may hold the id; a column without one would have to be read row by row.
  for v_place in
    select distinct c.relname as place, a.attname as field, format_type(a.atttypid, null) as type
      from pg_index i
      join pg_class c on c.oid = i.indrelid and c.relnamespace = 'dot'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
      join pg_attribute a on a.attrelid = c.oid and a.attnum = i.indkey[0]
     where format_type(a.atttypid, null) = any (case v_type when 'bigint' then array['bigint', 'text'] when 'uuid' then array['uuid', 'text'] else array['text'] end)
       and (v_type <> 'bigint' or i.indisprimary)
       and (a.attname <> 'state' and a.attname !~ '_code$' or i.indisprimary)
     order by 1, 2
  loop
    for v_row in
      execute format('select to_jsonb(t.*) from dot.%I t where %I = $1::%s limit 5', v_place.place, v_place.field, v_place.type) using p_id
    loop
      kind := replace(regexp_replace(v_place.field, '_(id|code|key)$', ''), '_', ' ');
      id := p_id;
      found_in := v_place.place || '.' || v_place.field;
      select left(string_agg(f.key || ' ' || (f.value #>> '{}'), ', ' order by f.n), 160) into summary
        from (select e.key, e.value, row_number() over () as n from jsonb_each(v_row) e
               where jsonb_typeof(e.value) in ('string', 'number', 'boolean') and e.key <> v_place.field
                 and length(e.value #>> '{}') between 1 and 60 and e.key !~ '(digest|_id|_at)$') f;
      select format('dot %s %s', k.command_code, p_id) into command
        from dot.dot_command_catalog k
       where k.status <> 'retired' and not k.mutating and k.command_code like '% show'
         and exists (
           select 1 from jsonb_to_recordset(k.spec -> 'args') as x(param text, required boolean)
            where x.required and x.param in ('p_' || v_place.field, 'p_' || regexp_replace(v_place.field, '_id$', '')))
       limit 1;
      return next;
    end loop;
  end loop;
  -- The beginning of an id, as every command takes it (fn_id_resolve).
  if length(replace(p_id, '-', '')) < 32 and replace(p_id, '-', '') ~* '^[0-9a-f]{4,}$' then
    foreach v_kind in array array['run', 'proposal', 'worker', 'batch', 'replay_request', 'unit', 'cut'] loop
      begin
        v_ids := array[dot.fn_id_resolve(v_kind, p_id)];
      exception
        when sqlstate 'DT404' then
          continue;
        when sqlstate 'DT400' then
          get stacked diagnostics v_many = pg_exception_detail;
          v_ids := array(select jsonb_array_elements_text(v_many::jsonb -> 'candidates')::uuid);
      end;
      for v_row in
        select to_jsonb(w.*) from unnest(v_ids) i
         cross join lateral (select * from dot.fn_whatis(i::text) f order by f.command is null, f.found_in limit case when cardinality(v_ids) > 1 then 1 end) w
      loop
        kind := v_row ->> 'kind';
        id := v_row ->> 'id';
        found_in := v_row ->> 'found_in';
        summary := v_row ->> 'summary';
        command := v_row ->> 'command';
        return next;
      end loop;
    end loop;
  end if;
  if kind is null then
    raise exception using errcode = 'DT404', message = format('nothing in this database has the id %s', p_id),
      hint = 'An id is looked for in every indexed column of the platform: runs, traces, documents, units, versions, decisions, …';
  end if;
end
$$;
comment on function dot.fn_whatis(text) is
  'Where an id (uuid, trace, number, key, hash) lives: every indexed column of the platform that holds it, with a summary of the row and the command that shows it. The beginning of an id, at least 4 hexadecimal digits, stands for each that begins so (fn_id_resolve), ten of a kind at most. DT404 when there is none.';
