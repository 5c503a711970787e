create or replace function dot.fn_schema_punycode(p_text text) returns text
language plpgsql immutable strict parallel safe set search_path = dot, pg_temp set standard_conforming_strings = on
as $$
declare
  c_digits constant text := 'abcdefghijklmnopqrstuvwxyz0123456789';
  v_out    text := coalesce(substring(p_text from '^(.+)-[^-]*$'), '');
  v_rest   text := lower(case when v_out = '' then p_text else substring(p_text from '[^-]*$') end);
  v_code   bigint := 128;
  v_at     bigint := 0;
  v_bias   int := 72;
  v_old    bigint;
  v_weight bigint;
  v_step   int;
  v_digit  int;
  v_limit  int;
  v_count  int;
  v_delta  bigint;
begin
  while v_rest <> '' loop
    v_old := v_at;
    v_weight := 1;
    v_step := 36;
    loop
      v_digit := strpos(c_digits, left(v_rest, 1)) - 1;
      if v_rest = '' or v_digit < 0 then
        return null;
      end if;
      v_rest := substr(v_rest, 2);
      v_at := v_at + v_digit * v_weight;
      v_limit := greatest(1, least(26, v_step - v_bias));
      exit when v_digit < v_limit;
      v_weight := v_weight * (36 - v_limit);
      v_step := v_step + 36;
      if v_at > 2147483647 or v_weight > 2147483647 then
        return null;
      end if;
    end loop;
    v_count := length(v_out) + 1;
    v_delta := case v_old when 0 then (v_at - v_old) / 700 else (v_at - v_old) / 2 end;
    v_delta := v_delta + v_delta / v_count;
    v_step := 0;
    while v_delta > 455 loop
      v_delta := v_delta / 35;
      v_step := v_step + 36;
    end loop;
    v_bias := v_step + (36 * v_delta / (v_delta + 38))::int;
    v_code := v_code + v_at / v_count;
    v_at := v_at % v_count;
    if v_code > 1114111 or v_code between 55296 and 57343 then
      return null;
    end if;
    v_out := left(v_out, v_at::int) || chr(v_code::int) || substr(v_out, v_at::int + 1);
    v_at := v_at + 1;
  end loop;
  return v_out;
end
$$;
comment on function dot.fn_schema_punycode(text) is
  'What a text in Punycode (RFC 3492), without the prefix xn--, stands for; null for what is none. The part before the last hyphen stays as it is written. Null for null.';
