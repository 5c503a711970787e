create or replace function dot.fn_ssh_strings(p_bytes bytea) returns bytea[]
language plpgsql immutable parallel safe set search_path = dot, pg_temp
as $$
declare
  v_strings bytea[] := array[]::bytea[];
  v_at      int := 0;
  v_length  bigint;
begin
  while v_at < length(p_bytes) loop
    if v_at + 4 > length(p_bytes) then
      return null;
    end if;
    v_length := dot.fn_bytes_number(substring(p_bytes from v_at + 1 for 4));
    if v_at + 4 + v_length > length(p_bytes) then
      return null;
    end if;
    v_strings := v_strings || substring(p_bytes from v_at + 5 for v_length::int);
    v_at := v_at + 4 + v_length::int;
  end loop;
  return v_strings;
end
$$;
comment on function dot.fn_ssh_strings(bytea) is 'The strings of which bytes consist, each after its length as four bytes (RFC 4251, 5). Null where they do not.';
