create or replace function dot.fn_event_path(p_filter text) returns jsonpath
language plpgsql immutable security definer set search_path = dot, pg_temp
as $$
declare
  v_path jsonpath;
begin
  v_path := p_filter::jsonpath;
  -- Tried once, so that a variable without a value is found now and not with every event.
  perform jsonb_path_exists('{}', v_path);
  return v_path;
exception when others then
  raise exception using errcode = 'DT400', message = format('invalid SQL/JSON path for filtering events %s: %s', p_filter, sqlerrm),
    hint = 'For example: $.pieces > 3, or $ ? (@.document starts with "admissions").';
end
$$;
comment on function dot.fn_event_path(text) is 'A filter over payloads as SQL/JSON path (null stays null). DT400 when it is none, or needs variables.';
