create or replace function dot.fn_ed25519_valid(p_key bytea, p_message bytea, p_signature bytea) returns boolean
language plpgsql immutable parallel safe set search_path = dot, pg_temp
as $$
declare
  c_l constant numeric := 7237005577332262213973186563042994240857116359379907606001950938285454250989;
  v_point numeric[];
  v_zero  constant bytea := dot.fn_number_bytes(0, 32);
  v_one   constant bytea := dot.fn_number_bytes(1, 32);
begin
  if length(p_key) is distinct from 32 or length(p_signature) is distinct from 64 or p_message is null then
    return false;
  end if;
  v_point := dot.fn_ed25519_point(p_key);
  -- One signature has one form; and a key of small order would have every signature.
  if v_point is null or dot.fn_bytes_number(substring(p_signature from 33), true) >= c_l
    or dot.fn_ed25519_combine(v_zero, dot.fn_number_bytes(8, 32), v_point) = v_one
  then
    return false;
  end if;
  return dot.fn_ed25519_combine(substring(p_signature from 33),
      dot.fn_number_bytes(dot.fn_bytes_number(sha512(substring(p_signature for 32) || p_key || p_message), true) % c_l, 32), v_point)
    = substring(p_signature for 32);
end
$$;
comment on function dot.fn_ed25519_valid(bytea, bytea, bytea) is 'Whether a signature of 64 bytes is one of an Ed25519 key of 32 bytes over a message (RFC 8032, 5.1.7, without the cofactor; no key of small order). About 20 ms.';
