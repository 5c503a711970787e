create or replace function dot.fn_number_bytes(p_number numeric, p_length int) returns bytea
language plpgsql immutable parallel safe set search_path = dot, pg_temp
as $$
declare
  v_bytes  bytea := decode(repeat('00', p_length), 'hex');
  v_number numeric := p_number;
begin
  for i in 0 .. p_length - 1 loop
    v_bytes := set_byte(v_bytes, i, (v_number % 256)::int);
    v_number := div(v_number, 256);
  end loop;
  return case when v_number = 0 then v_bytes end;
end
$$;
comment on function dot.fn_number_bytes(numeric, int) is 'A whole number from 0 on as p_length bytes, the least significant first. Null where it has more.';
