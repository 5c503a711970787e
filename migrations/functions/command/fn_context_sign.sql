create or replace function dot.fn_context_sign(p_name text, p_value text) returns text
language plpgsql stable security definer set search_path = dot, pg_temp
as $$
declare
  v_secret bytea;
begin
  -- Out of reach where only reads are possible, so that no query that runs with these rights is told a signature.
  select s.secret into v_secret from dot.dot_secret s;
  if v_secret is null then
    raise exception using errcode = 'DT500', message = 'nothing is signed in a transaction that only reads';
  end if;
  return encode(sha256(v_secret || sha256(v_secret || convert_to(
    jsonb_build_array(p_name, p_value, pg_backend_pid(), extract(epoch from now()))::text, 'UTF8'))), 'hex');
end
$$;
comment on function dot.fn_context_sign(text, text) is
  'The mark (64 hexadecimal digits) by which a setting of this transaction is known as set by a function of the platform, not by a caller: of its name, its value, the session and the transaction, under a secret of dot_owner. DT500 in a transaction that only reads.';
