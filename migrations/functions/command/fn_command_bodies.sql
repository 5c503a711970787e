create or replace function dot.fn_command_bodies(p_command text, p_args jsonb, out args jsonb, out bodies text)
language plpgsql stable security definer set search_path = dot, pg_temp
as $$
declare
  v_name text := (select a.name from dot.dot_command_catalog k cross join lateral jsonb_to_recordset(k.spec -> 'args') as a(name text, bodies_param text)
                   where k.command_code = p_command and a.bodies_param is not null limit 1);
  v_docs jsonb;
begin
  args := p_args;
  if jsonb_typeof(p_args -> v_name) is distinct from 'array' then
    return;
  end if;
  select string_agg(d.value ->> 'body', '' order by d.n),
         jsonb_agg(case when d.value ? 'body' then d.value - 'body' || jsonb_build_object('body_at', d.start, 'bytes', coalesce(d.value -> 'bytes', to_jsonb(octet_length(d.value ->> 'body'))))
           else d.value end order by d.n)
    into bodies, v_docs
    from (select x.value, x.n, coalesce(sum(octet_length(x.value ->> 'body')) over (order by x.n rows between unbounded preceding and 1 preceding), 0) as start
            from jsonb_array_elements(p_args -> v_name) with ordinality x(value, n)) d;
  if bodies is not null then
    args := p_args || jsonb_build_object(v_name, v_docs);
  end if;
end
$$;
comment on function dot.fn_command_bodies(text, jsonb) is
  'Arguments whose documents hold their bodies, as the function of the command takes them: in args each body is replaced by body_at, the byte at which it begins in bodies, one text. Bodies is null where there are none.';
