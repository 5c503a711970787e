create or replace function dot.fn_p256_valid(p_key bytea, p_digest bytea, p_r numeric, p_s numeric) returns boolean
language plpgsql immutable parallel safe set search_path = dot, pg_temp
as $$
declare
  c_p constant numeric := 115792089210356248762697446949407573530086143415290314195533631308867097853951;
  c_n constant numeric := 115792089210356248762697446949407573529996955224135760342422259061068512044369;
  c_b constant numeric := 41058363725152142129326129780047268409114441015993725554835256314039467401291;
  c_gx constant numeric := 48439561293906451759052585252797914202762949526041747995844080717082404635286;
  c_gy constant numeric := 36134250956749795798585127919587881956611106672985015071877198253568414405109;
  v_qx numeric; v_qy numeric; v_w numeric;
  v_u1 bytea; v_u2 bytea;
  -- What is added for a bit of u1, of u2, and of both: G, Q, G + Q, in Jacobian coordinates.
  v_add numeric[]; v_what int;
  x numeric; y numeric; z numeric := 0;
  a numeric; b numeric; c numeric; d numeric; e numeric; f numeric; g numeric;
begin
  if length(p_key) is distinct from 65 or get_byte(p_key, 0) <> 4 or length(p_digest) is distinct from 32
    or not coalesce(p_r between 1 and c_n - 1 and p_s between 1 and c_n - 1, false)
  then
    return false;
  end if;
  v_qx := dot.fn_bytes_number(substring(p_key from 2 for 32));
  v_qy := dot.fn_bytes_number(substring(p_key from 34));
  if v_qx >= c_p or v_qy >= c_p or (v_qy * v_qy - (v_qx * v_qx % c_p - 3) * v_qx - c_b) % c_p <> 0 then
    return false;
  end if;
  v_w := dot.fn_power_modulo(p_s, c_n - 2, c_n);
  v_u1 := dot.fn_number_bytes(dot.fn_bytes_number(p_digest) * v_w % c_n, 32);
  v_u2 := dot.fn_number_bytes(p_r * v_w % c_n, 32);
  v_add := array[[c_gx, c_gy, 1], [v_qx, v_qy, 1], [c_gx, c_gy, 1]];
  for i in reverse 256 .. 0 loop
    if i = 256 then
      x := c_gx; y := c_gy; z := 1; v_what := 2;
    else
      a := z * z % c_p; b := y * y % c_p; c := x * b % c_p; d := 3 * (x - a) * (x + a) % c_p;
      z := ((y + z) * (y + z) - b - a) % c_p; x := (d * d - 8 * c) % c_p; y := (d * (4 * c - x) - 8 * b * b) % c_p;
      v_what := get_bit(v_u1, i) + 2 * get_bit(v_u2, i);
      continue when v_what = 0;
    end if;
    if z = 0 then
      x := v_add[v_what][1]; y := v_add[v_what][2]; z := v_add[v_what][3];
      continue;
    end if;
    a := z * z % c_p; b := v_add[v_what][3] * v_add[v_what][3] % c_p;
    c := x * b % c_p; d := y * v_add[v_what][3] % c_p * b % c_p;
    f := (v_add[v_what][1] * a - c) % c_p; g := (v_add[v_what][2] * z % c_p * a - d) % c_p;
    if f = 0 and g = 0 then
      -- A point is added to itself: by chance never, only for a key or a signature that was made for it.
      return false;
    end if;
    e := f * f % c_p; b := f * e % c_p; c := c * e % c_p;
    x := (g * g - b - 2 * c) % c_p; y := (g * (c - x) - d * b) % c_p; z := z * v_add[v_what][3] % c_p * f % c_p;
    if i = 256 then
      v_add := array[[c_gx, c_gy, 1], [v_qx, v_qy, 1], [x, y, z]];
      x := 1; y := 1; z := 0;
    end if;
  end loop;
  a := z * z % c_p;
  return a <> 0 and ((p_r * a - x) % c_p = 0 or p_r + c_n < c_p and ((p_r + c_n) * a - x) % c_p = 0);
end
$$;
comment on function dot.fn_p256_valid(bytea, bytea, numeric, numeric) is 'Whether (p_r, p_s) is a signature of an ECDSA key on P-256, as its uncompressed point of 65 bytes, over a digest of 32 bytes (FIPS 186-5, 6.4.2). About 40 ms.';
