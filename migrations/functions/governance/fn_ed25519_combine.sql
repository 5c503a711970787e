create or replace function dot.fn_ed25519_combine(p_s bytea, p_k bytea, p_point numeric[]) returns bytea
language plpgsql immutable parallel safe set search_path = dot, pg_temp
as $$
declare
  c_p  constant numeric := 57896044618658097711785492504343953926634992332820282019728792003956564819949;
  c_2d constant numeric := 2 * 37095705934669439343138083508754565189542113879843219016388785533085940283555;
  c_bx constant numeric := 15112221349535400772501151409588531511454012693041857206046113283949847762202;
  c_by constant numeric := 46316835694926478169428394003475163141307993866256225615783033603165251855960;
  -- What is added for a bit of s, of k, and of both, in extended coordinates: B, -P, B - P. The last is made first.
  v_add numeric[] := array[[c_bx, c_by, 1, c_bx * c_by % c_p], [-p_point[1], p_point[2], 1, -p_point[1] * p_point[2] % c_p], [0, 1, 1, 0]];
  v_what int;
  x numeric := c_bx; y numeric := c_by; z numeric := 1; t numeric := c_bx * c_by % c_p;
  a numeric; b numeric; c numeric; d numeric; e numeric; f numeric; g numeric; h numeric;
begin
  for i in reverse 256 .. 0 loop
    if i = 256 then
      v_what := 2;
    else
      a := x * x % c_p; b := y * y % c_p; c := 2 * z * z % c_p;
      e := (x + y) * (x + y) % c_p - a - b; g := b - a; f := g - c; h := -a - b;
      x := e * f % c_p; y := g * h % c_p; z := f * g % c_p; t := e * h % c_p;
      v_what := get_bit(p_s, i) + 2 * get_bit(p_k, i);
      continue when v_what = 0;
    end if;
    a := (y - x) * (v_add[v_what][2] - v_add[v_what][1]) % c_p; b := (y + x) * (v_add[v_what][2] + v_add[v_what][1]) % c_p;
    c := t * c_2d % c_p * v_add[v_what][4] % c_p; d := 2 * z * v_add[v_what][3] % c_p;
    e := b - a; f := d - c; g := d + c; h := b + a;
    x := e * f % c_p; y := g * h % c_p; z := f * g % c_p; t := e * h % c_p;
    if i = 256 then
      v_add := array[[c_bx, c_by, 1, c_bx * c_by % c_p], [-p_point[1], p_point[2], 1, -p_point[1] * p_point[2] % c_p], [x, y, z, t]];
      x := 0; y := 1; z := 1; t := 0;
    end if;
  end loop;
  z := dot.fn_power_modulo(z, c_p - 2, c_p);
  x := (x * z % c_p + c_p) % c_p;
  y := (y * z % c_p + c_p) % c_p;
  return dot.fn_number_bytes(y + case when x % 2 = 1 then 2 ^ 255::numeric else 0 end, 32);
end
$$;
comment on function dot.fn_ed25519_combine(bytea, bytea, numeric[]) is 'The encoding of [s]B - [k]P on edwards25519 (RFC 8032): p_s and p_k are 32 bytes each, the least significant first, p_point is [x, y], and B the base point. Not in constant time: for what is public only.';
