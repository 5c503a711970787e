create or replace function dot.fn_cron_field(p_field text, p_low int, p_high int, p_names text[] default '{}') returns int[]
language plpgsql immutable set search_path = dot, pg_temp set standard_conforming_strings = on
as $$
declare
  v_part  text;
  v_match text[];
  v_from  int;
  v_to    int;
  v_step  int;
  v_set   int[] := array[]::int[];
begin
  foreach v_part in array string_to_array(lower(p_field), ',') loop
    for n in 1 .. cardinality(p_names) loop
      v_part := regexp_replace(v_part, '\m' || p_names[n] || '\M', (n - 1 + case when p_high = 7 then 0 else p_low end)::text, 'g');
    end loop;
    v_match := regexp_match(v_part, '^(?:(\*)|(\d{1,2})(?:-(\d{1,2}))?)(?:/(\d{1,2}))?$');
    if v_match is null then
      raise exception using errcode = 'DT400', message = format('invalid cron field %L', p_field),
        hint = format('A field is *, a number from %s to %s, a range a-b, a step */n or a-b/n, or several of these with commas.', p_low, p_high);
    end if;
    v_step := coalesce(v_match[4]::int, 1);
    v_from := coalesce(v_match[2]::int, p_low);
    v_to := coalesce(v_match[3]::int, case when v_match[1] is not null or v_match[4] is not null then p_high else v_from end);
    if v_step = 0 or v_from < p_low or v_to > p_high or v_from > v_to then
      raise exception using errcode = 'DT400', message = format('cron field %L is not within %s to %s', p_field, p_low, p_high);
    end if;
    v_set := v_set || array(select generate_series(v_from, v_to, v_step));
  end loop;
  return array(select distinct u from unnest(v_set) u order by u);
end
$$;
comment on function dot.fn_cron_field(text, int, int, text[]) is
  'The numbers that one field of a cron expression stands for, ascending. p_names: names for them, the first for p_low (for 0 where p_high is 7). DT400 for what is no field.';
