create or replace function dot.fn_sql_exec(p_statement text[]) returns jsonb
language plpgsql volatile security definer set search_path = dot, pg_temp
as $$
declare
  v_refused   jsonb := dot.fn_command_guard('sql exec', jsonb_build_object('statement', p_statement));
  v_run       uuid := dot.fn_run_current();
  v_statement text;
  v_analysis  jsonb;
  v_tables    text[] := '{}'::text[];
  v_count     bigint;
  v_done      jsonb := '[]'::jsonb;
  v_beyond    text;
  v_kept      bigint;
  v_digest    text;
begin
  if v_refused is not null then
    return v_refused;
  end if;
  if coalesce(cardinality(p_statement), 0) = 0 then
    raise exception using errcode = 'DT400', message = 'there is no statement', hint = 'dot sql exec ''update … where …'' --propose';
  end if;
  foreach v_statement in array p_statement
  loop
    v_analysis := dot.fn_sql_analyse(v_statement);
    if v_analysis ? 'refused' then
      -- An earlier statement may have been carried out by now, so this must end the transaction.
      raise exception using errcode = v_analysis ->> 'code', message = v_analysis ->> 'message', hint = coalesce(v_analysis ->> 'hint', ''),
        detail = (v_analysis || jsonb_build_object('statement', left(v_statement, 500)))::text;
    end if;
    v_count := dot.fn_sql_change(v_statement, v_analysis);
    v_tables := v_tables || (v_analysis ->> 'table');
    v_done := v_done || jsonb_build_object('operation', v_analysis -> 'operation', 'table', v_analysis -> 'table', 'rows', v_count,
      'statement', left(v_statement, 500), 'sha256', encode(sha256(convert_to(v_statement, 'UTF8')), 'hex'));
  end loop;
  select string_agg(t, ', ') into v_beyond
    from jsonb_object_keys(dot.fn_command_measure((select o.counters from dot.dot_command_run_open o where o.run_id = v_run)) -> 'tables') t
   where t <> all (v_tables);
  if v_beyond is not null then
    raise exception using errcode = 'DT403', message = format('it changed more than it names: %s, by a trigger or a cascade; nothing was changed', v_beyond),
      detail = jsonb_build_object('refused', true, 'reason', 'side_effects', 'tables', v_beyond)::text,
      hint = 'Change those rows by a statement of their own, first.';
  end if;
  -- What rows become is approved too, also where they are too many to be looked at one by one.
  v_digest := dot.fn_sql_digest(v_run, p_statement);
  select count(*) into v_kept from dot.sql_row_image where run_id = v_run;
  if v_kept > dot.fn_config_int('sql.max_images') then
    delete from dot.sql_row_image where run_id = v_run;
    return jsonb_build_object('run', v_run, 'statements', v_done, 'rows', v_kept, 'images', 0, 'rows_digest', v_digest);
  end if;
  return jsonb_build_object('run', v_run, 'statements', v_done, 'rows', v_kept, 'images', v_kept, 'rows_digest', v_digest, 'inverse', jsonb_build_object('run', v_run));
end
$$;
comment on function dot.fn_sql_exec(text[]) is
  'Runs single statements that change rows, under an approved proposal only, and keeps what each row was and became. Returns {run, statements: [{operation, table, rows, statement, sha256}], rows, images, rows_digest: of what they became, inverse}; without inverse when there were more rows than sql.max_images. DT403 for what fn_sql_analyse refuses, and when rows of other tables changed; DT400 for no statement.';
