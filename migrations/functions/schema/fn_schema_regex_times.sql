create or replace function dot.fn_schema_regex_times(p_regex text, p_lo int, p_hi int) returns text
language plpgsql immutable parallel safe set search_path = dot, pg_temp set standard_conforming_strings = on
as $$
declare
  v_more int := p_hi - p_lo;
begin
  if coalesce(p_hi, p_lo) <= 255 then
    return p_regex || case when p_lo = p_hi then format('{%s}', p_lo) when p_hi is null and p_lo = 0 then '*' when p_hi is null and p_lo = 1 then '+' when p_lo = 0 and p_hi = 1 then '?' else format('{%s,%s}', p_lo, p_hi) end;
  elsif p_lo = p_hi then
    return format('(?:(?:%1$s{255}){%2$s}%1$s{%3$s})', p_regex, p_lo / 255, p_lo % 255);
  end if;
  return '(?:' || case when p_lo > 0 then format('(?:%1$s{255}){%2$s}%1$s{%3$s}', p_regex, p_lo / 255, p_lo % 255) else '' end
    || case when p_hi is null then p_regex || '*' when v_more <= 255 then format('%s{0,%s}', p_regex, v_more)
         -- One part at most is of varying length besides the last, since PostgreSQL takes time with the square of their number.
         else format('(?:%1$s{255}){0,%2$s}%1$s{0,255}%1$s{0,%3$s}', p_regex, v_more / 255 - 1, v_more % 255) end || ')';
end
$$;
comment on function dot.fn_schema_regex_times(text, int, int) is
  'An expression of PostgreSQL from p_lo to p_hi times (null: without end), where PostgreSQL counts to 255 by itself.';
