create or replace function dot.fn_ed25519_point(p_bytes bytea) returns numeric[]
language plpgsql immutable parallel safe set search_path = dot, pg_temp
as $$
declare
  c_p    constant numeric := 57896044618658097711785492504343953926634992332820282019728792003956564819949;
  c_d    constant numeric := 37095705934669439343138083508754565189542113879843219016388785533085940283555;
  c_i    constant numeric := 19681161376707505956807079304988542015446066515923890162744021073123829784752;
  v_sign int;
  v_x    numeric;
  v_y    numeric;
  v_u    numeric;
  v_v    numeric;
begin
  if length(p_bytes) is distinct from 32 then
    return null;
  end if;
  v_sign := get_bit(p_bytes, 255);
  v_y := dot.fn_bytes_number(set_bit(p_bytes, 255, 0), true);
  if v_y >= c_p then
    return null;
  end if;
  v_u := (v_y * v_y - 1) % c_p;
  v_v := (c_d * (v_y * v_y % c_p) + 1) % c_p;
  -- x = u v^3 (u v^7)^((p - 5) / 8), times the root of -1 where that is the root of -u/v.
  v_x := v_v * v_v % c_p * v_v % c_p;
  v_x := v_u * v_x % c_p * dot.fn_power_modulo(v_u * v_x % c_p * v_x % c_p * v_v % c_p, 7237005577332262213973186563042994240829374041602535252466099000494570602493, c_p) % c_p;
  if (v_v * v_x % c_p * v_x - v_u) % c_p <> 0 then
    v_x := v_x * c_i % c_p;
    if (v_v * v_x % c_p * v_x - v_u) % c_p <> 0 then
      return null;
    end if;
  end if;
  v_x := (v_x + c_p) % c_p;
  if v_x = 0 and v_sign = 1 then
    return null;
  end if;
  return array[case when v_x % 2 = v_sign then v_x else c_p - v_x end, v_y];
end
$$;
comment on function dot.fn_ed25519_point(bytea) is 'The point [x, y] of edwards25519 that 32 bytes are (RFC 8032, 5.1.3). Null for what is none, or is not written in the one way.';
