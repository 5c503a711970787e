create or replace function dot.fn_power_modulo(p_base numeric, p_exponent numeric, p_modulus numeric) returns numeric
language plpgsql immutable parallel safe set search_path = dot, pg_temp
as $$
declare
  v_bits   constant bytea := dot.fn_number_bytes(p_exponent, 40);
  v_result numeric := 1;
begin
  for i in reverse 319 .. 0 loop
    v_result := v_result * v_result % p_modulus;
    if get_bit(v_bits, i) = 1 then
      v_result := v_result * p_base % p_modulus;
    end if;
  end loop;
  return v_result;
end
$$;
comment on function dot.fn_power_modulo(numeric, numeric, numeric) is 'p_base to the power of p_exponent (0 to 2^320 - 1), modulo p_modulus; a negative base gives the remainder of that sign.';
