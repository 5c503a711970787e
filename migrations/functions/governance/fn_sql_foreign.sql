create or replace function dot.fn_sql_foreign(p_statement text) returns text
language plpgsql volatile security definer set search_path = dot, pg_temp set standard_conforming_strings = on
as $$
declare
  v_text text := lower(p_statement);
  v_name text;
  v_named oid[];
  v_words text[];
begin
  -- Strings are data, where it is certain where they begin and end.
  if v_text !~ '--|/[*]|"|[$]|\\|&' then
    v_text := regexp_replace(v_text, '''[^'']*''', '''''', 'g');
  elsif v_text ~ 'u&' then
    return 'it writes names or texts by their code points';
  end if;
  -- Names of letters are looked for among its words, which is quick; others one by one.
  v_words := regexp_split_to_array(lower(p_statement), '[^a-z0-9_$]+');
  -- Functions of PostgreSQL that run a text as a statement, that take a type by its number, or that leave something behind.
  select min(format('it calls %s', f.name)) into v_name
    from (select p.proname as name from pg_proc p
           where p.pronamespace = 'pg_catalog'::regnamespace
             and (p.proargtypes::oid[] && array['cstring', 'internal']::regtype[]::oid[] or p.proname ~ '_to_xml|^(ts_stat|ts_rewrite|lo_|loread$|lowrite$|pg_input_|pg_advisory|pg_logical)')
          union
          -- And the platform's own, but for what a command that reads offers anyway.
          select p.proname from pg_proc p
           where p.pronamespace = 'dot'::regnamespace
             and not exists (select 1 from dot.dot_command_catalog k where k.pg_function = p.proname and not k.mutating and k.status <> 'retired')) f
   where case when lower(f.name) = any (v_words) or lower(f.name) !~ '^[a-z0-9_$]+$' then dot.fn_sql_names(v_text, f.name) else false end
     -- A word that no parenthesis follows calls nothing, unless a comment stands between.
     and (v_text ~ '--|/[*]' or replace(v_text, '"', '') ~ (replace(f.name, '$', '\$') || '\s*\('));
  if v_name is not null then
    return v_name;
  end if;
  -- What a statement names without a schema is looked for in dot, pg_catalog and the temporary objects of the session; anything
  -- else is named with its schema.
  v_named := array(
    select n.oid from pg_namespace n
     where n.nspname <> all (array['dot', 'pg_catalog', 'information_schema', 'pg_toast']) and (n.nspname !~ '^pg_' or n.oid = pg_my_temp_schema())
       and dot.fn_sql_names(v_text, n.nspname));
  select coalesce(min(format('it names schema %I, whose owner is %s', n.nspname, n.nspowner::regrole)) filter (where not dot.fn_owner_trusted(n.nspowner)),
                  min(format('it names schema %I, in which others may create', n.nspname))) into v_name
    from pg_namespace n
   where n.oid = any (v_named)
     and (not dot.fn_owner_trusted(n.nspowner) or exists (
       select 1 from aclexplode(coalesce(n.nspacl, acldefault('n', n.nspowner))) a
        where a.privilege_type = 'CREATE' and (a.grantee = 0 or not dot.fn_owner_trusted(a.grantee))));
  if v_name is not null then
    return v_name;
  end if;
  if v_text ~ '\mpg_temp' then
    return 'it names the temporary schema';
  end if;
  select min(format('it names %s, a temporary object of this session', o.name)) into v_name
    from (select c.relname as name from pg_class c where c.relnamespace = pg_my_temp_schema() and c.relkind in ('r', 'v', 'm', 'p', 'f', 'S', 'c')
          union all select t.typname from pg_type t where t.typnamespace = pg_my_temp_schema() and t.typelem = 0) o
   where dot.fn_sql_names(lower(p_statement), o.name);
  if v_name is not null then
    return v_name;
  end if;
  -- And what is found there, or in dot by its name alone, is the owner's, with all that it is made of.
  v_named := v_named || 'dot'::regnamespace::oid;
  select min(format('it names %s, whose owner is %s', o.name, o.owner::regrole)) into v_name
    from (select p.proname as name, p.proowner as owner from pg_proc p where p.pronamespace = any (v_named)
          union all select t.typname, t.typowner from pg_type t where t.typnamespace = any (v_named)
          union all select r.oprname, r.oprowner from pg_operator r where r.oprnamespace = any (v_named)) o
   where not dot.fn_owner_trusted(o.owner) and case when lower(o.name) = any (v_words) or lower(o.name) !~ '^[a-z0-9_$]+$' then dot.fn_sql_names(v_text, o.name) else false end;
  if v_name is not null then
    return v_name;
  end if;
  select min(format('it names %s: %s', c.oid::regclass, dot.fn_command_foreign(c.oid))) into v_name
    -- The few that are named, before each is looked at as a whole.
    from (select c.oid from pg_class c
           where c.relnamespace = any (v_named) and c.relkind in ('r', 'p', 'v', 'm', 'f') and case when lower(c.relname) = any (v_words) or lower(c.relname) !~ '^[a-z0-9_$]+$' then dot.fn_sql_names(v_text, c.relname) else false end
          offset 0) c
   where dot.fn_command_foreign(c.oid) is not null;
  return v_name;
end
$$;
comment on function dot.fn_sql_foreign(text) is
  'What a statement names, or could reach, that is not to be evaluated with the rights of dot_owner, in words, or null: a schema of others or in which others may create, temporary objects of this session, functions of PostgreSQL that run a text or take a type by its number, and functions of dot that no command that reads has. It reads the text alone, for to plan a statement is to run the immutable functions in it; where it cannot tell it answers too much, never too little.';
