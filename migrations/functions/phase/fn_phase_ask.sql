create or replace function dot.fn_phase_ask(p_query text) returns jsonb
language plpgsql stable security definer set search_path = dot, pg_temp set standard_conforming_strings = on
as $$
declare
  v_limit  interval := current_setting('statement_timeout')::interval;
  v_row    jsonb;
  v_rows   jsonb := '[]'::jsonb;
  v_error  text;
  v_is_all boolean := false;
begin
  if current_setting('dot.phase_time_is_up', true) = 'true' then
    return jsonb_build_object('rows', '[]'::jsonb, 'error', format('not asked: the %s of this run were used up (--timeout)', current_setting('statement_timeout')));
  end if;
  begin
    -- Until the block is left by an error, nothing can be written, whatever functions the query calls.
    perform set_config('transaction_read_only', 'on', true);
    -- A loop takes one statement only; within another, it is one that gives rows and changes none.
    for v_row in execute format(e'select to_jsonb(q.*) from (%s\n) q limit 100', p_query) loop
      v_rows := v_rows || jsonb_build_array(v_row);
    end loop;
    v_is_all := true;
    raise exception using errcode = 'DT099';
  exception
    when query_canceled then
      -- Only the timeout is the query's; who cancels the run cancels it.
      if v_limit = '0' or clock_timestamp() < statement_timestamp() + v_limit then
        raise;
      end if;
      -- The server counts once; what is asked from here on would have no end.
      perform set_config('dot.phase_time_is_up', 'true', true);
      v_error := format('it was not done within the %s of this run (--timeout)', current_setting('statement_timeout'));
    when others then
      if not v_is_all then
        v_error := format('%s (%s)', sqlerrm, sqlstate);
      end if;
  end;
  return jsonb_build_object('rows', case when v_error is null then v_rows else '[]' end, 'error', v_error);
end
$$;
comment on function dot.fn_phase_ask(text) is
  'The first hundred rows of one query of a declaration {rows, error}, run with the rights of dot_owner in a block that cannot write. Whatever it raises is the error, and so is running out of the time of the whole run; then what comes after it is not asked.';
