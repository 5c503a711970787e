create or replace function dot.fn_sql_query(p_statement text) returns setof json
language plpgsql stable security definer set search_path = dot, pg_temp set standard_conforming_strings = on
as $$
declare
  v_row   json;
  v_twice text;
  v_foreign text;
  v_alone   refcursor;
begin
  if coalesce(trim(p_statement), '') = '' then
    raise exception using errcode = 'DT400', message = 'the statement is empty', hint = 'For example: dot sql query ''select count(*) from dot.iu_version''';
  end if;
  if p_statement ~* '^\s*(insert|update|delete|merge|truncate|create|alter|drop|grant|revoke|comment|copy|do|call|begin|start|commit|rollback|savepoint|lock|set|reset|vacuum|analyze|reindex|refresh)\M' then
    raise exception using errcode = 'DT403', message = format('%s does more than read', upper(substring(p_statement from '\w+'))), hint = 'To change rows, propose it: dot sql exec … --propose';
  end if;
  v_foreign := dot.fn_sql_foreign(p_statement);
  if v_foreign is not null then
    raise exception using errcode = 'DT403', message = format('the platform does not run this: %s', v_foreign),
      detail = jsonb_build_object('refused', true, 'reason', 'foreign', 'what', v_foreign)::text,
      hint = 'It reads with the rights of dot_owner, and so only what is the platform''s. Read other tables with psql, as yourself.';
  end if;
  -- Also for who calls this from SQL: nothing is written from here to the end of the transaction.
  perform set_config('transaction_read_only', 'on', true);
  begin
    -- By itself it is one statement, and one within another afterwards.
    open v_alone no scroll for execute p_statement;
    close v_alone;
    -- A loop takes one statement only; within another, it is one that gives rows and changes none.
    for v_row in execute format(e'select to_json(q.*) from (%s\n) q', rtrim(p_statement, e' \n\r\t;'))
    loop
      if v_twice is null then
        -- Objects hold each name once, and the rest would be lost.
        select coalesce(min(k), '') into v_twice from (select k from json_object_keys(v_row) k group by k having count(*) > 1) d;
        if v_twice <> '' then
          raise exception using errcode = 'DT400', message = format('two columns are called %s', v_twice), hint = 'Give each a name of its own: select … as name';
        end if;
      end if;
      return next v_row;
    end loop;
  exception
    when invalid_cursor_definition then
      raise exception using errcode = 'DT400', message = 'expected one statement that returns rows: ' || sqlerrm, hint = 'Give one SELECT.';
    when syntax_error then
      raise exception using errcode = 'DT400', message = sqlerrm, hint = 'Give one SELECT, WITH, VALUES or TABLE.';
    when undefined_table or undefined_column or undefined_function or invalid_text_representation then
      raise exception using errcode = 'DT400', message = sqlerrm, hint = 'Tables of the platform are in schema dot: dot sql query ''select * from dot.dot_config''';
    when read_only_sql_transaction or feature_not_supported then
      raise exception using errcode = 'DT403', message = 'the statement does more than read: ' || sqlerrm, hint = 'To change rows, propose it: dot sql exec … --propose';
  end;
end
$$;
comment on function dot.fn_sql_query(text) is
  'The rows of one statement, as JSON objects with the columns in their order. Runs READ ONLY, with the rights of dot_owner. DT400 for several statements, for what cannot be planned and for two columns of one name, DT403 for a write, and for what names anything that is not the platform''s (fn_sql_foreign).';
