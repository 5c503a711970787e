create or replace function dot.fn_bytes_number(p_bytes bytea, p_little boolean default false) returns numeric
language plpgsql immutable parallel safe set search_path = dot, pg_temp
as $$
declare
  v_number numeric := 0;
begin
  for i in 0 .. length(p_bytes) - 1 loop
    v_number := v_number * 256 + get_byte(p_bytes, case when p_little then length(p_bytes) - 1 - i else i end);
  end loop;
  return v_number;
end
$$;
comment on function dot.fn_bytes_number(bytea, boolean) is 'The whole number that bytes are, the most significant first, or last where p_little. 0 of none.';
