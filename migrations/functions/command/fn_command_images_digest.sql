create or replace function dot.fn_command_images_digest(p_images jsonb, p_run uuid, p_since timestamptz) returns text
language plpgsql stable security definer set search_path = dot, pg_temp set standard_conforming_strings = on
as $$
declare
  v_text  text;
  v_found record;
begin
  select coalesce(string_agg(jsonb_build_array(i.value -> 'table', (i.value -> 'after') - coalesce(c.drawn, '{}'))::text, e'\n' order by i.n), '')
    into v_text
    from jsonb_array_elements(p_images) with ordinality i(value, n)
   cross join lateral (
     -- Numbers that a sequence draws are others each time, wherever they are repeated.
     select array_agg(a.attname::text) as drawn
       from pg_attribute a left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
      where a.attrelid = to_regclass(i.value ->> 'table') and a.attnum > 0 and not a.attisdropped
        -- So is who does it, and why.
        and (a.attname ~ '(_by|_login)$|^(actor|actor_id|actor_kind|principal|login|reason|trace_id|span_id|correlation_id|run_id)$' or (i.value -> 'before' = 'null' and a.atttypid in ('int4'::regtype, 'int8'::regtype) and a.attname ~ '(_id|_seq)$') or a.attidentity <> '' or pg_get_expr(d.adbin, d.adrelid) ~ 'nextval\(|random' or a.atttypid = 'xid8'::regtype or exists (
          select 1 from pg_constraint f
            join pg_attribute r on r.attrelid = f.confrelid and r.attnum = f.confkey[array_position(f.conkey, a.attnum)]
            left join pg_attrdef e on e.adrelid = r.attrelid and e.adnum = r.attnum
           where f.conrelid = a.attrelid and f.contype = 'f' and a.attnum = any (f.conkey)
             and (r.attidentity <> '' or pg_get_expr(e.adbin, e.adrelid) like 'nextval(%')))) c
   where i.value -> 'after' <> 'null';
  -- The run, the ids that it made and the time at which it happened are others each time too.
  for v_found in
    select distinct m[1] as word from regexp_matches(v_text, '([0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12})', 'g') m
  loop
    if v_found.word = p_run::text or to_timestamp(('x' || left(translate(v_found.word, '-', ''), 12))::bit(48)::bigint / 1000.0)
      between date_trunc('milliseconds', p_since) and clock_timestamp()
    then
      v_text := replace(v_text, v_found.word, 'id');
    end if;
  end loop;
  for v_found in
    select distinct m[1] as word from regexp_matches(v_text, '"([0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.]+[+-][0-9:]+)"', 'g') m
  loop
    -- A time to come is counted from now, or was asked for, and then the arguments say it.
    if v_found.word::timestamptz >= p_since then
      v_text := replace(v_text, v_found.word, 'now');
    end if;
  end loop;
  return encode(sha256(convert_to(v_text, 'UTF8')), 'hex');
end
$$;
comment on function dot.fn_command_images_digest(jsonb, uuid, timestamptz) is
  'The sha-256 over what the rows of fn_command_images become, without what is another value each time the same is done: numbers from sequences and what refers to them, the integer ids of new rows, transaction ids, columns that say who did it and why (…_by, actor, login, reason, run_id, trace_id and the like), the id of the run, version 7 UUIDs made since p_since, and times since then.';
