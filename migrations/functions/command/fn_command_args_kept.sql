create or replace function dot.fn_command_args_kept(p_spec jsonb, p_args json) returns jsonb
language plpgsql stable set search_path = dot, pg_temp
as $$
declare
  v_arg  record;
  v_kept jsonb := '{}'::jsonb;
  v_text text;
begin
  if json_typeof(p_args) is distinct from 'object' then
    raise exception using errcode = 'DT400', message = 'the arguments are not one JSON object', hint = 'For example: {"unit": "…"}';
  end if;
  for v_arg in
    select a.name, a.type, coalesce(a.secret, false) as secret, p_args -> a.name as value
      from jsonb_to_recordset(coalesce(p_spec -> 'args', '[]')) as a(name text, type text, secret boolean)
     where p_args -> a.name is not null
  loop
    v_text := v_arg.value #>> '{}';
    -- A private key that was given where the public one was meant is no more to be kept than a secret.
    if v_arg.secret or v_arg.type in ('text', 'file') and (position('PRIVATE KEY-----' in v_text) > 0 or starts_with(ltrim(v_text), 'PRIVATE+KEY+')) then
      v_kept := v_kept || jsonb_build_object(v_arg.name, '***');
    elsif v_arg.type = 'documents' then
      -- The digest over what tells one document from another: its path, its own digest, why it could not be read.
      select string_agg(format('[%s,%s,%s]', coalesce((d.value -> 'path')::text, 'null'), coalesce((d.value -> 'digest')::text, 'null'),
                 coalesce((d.value -> 'error')::text, 'null')), '' order by d.n)
        into v_text
        from json_array_elements(case json_typeof(v_arg.value) when 'array' then v_arg.value else '[]' end) with ordinality d(value, n);
      v_kept := v_kept || jsonb_build_object(v_arg.name, (
        select jsonb_build_object('documents', count(*), 'sha256', encode(sha256(convert_to(coalesce(v_text, ''), 'UTF8')), 'hex'),
                 'bytes', coalesce(sum(case when d.value ->> 'bytes' ~ '^[0-9]{1,18}$' then (d.value ->> 'bytes')::bigint end), 0))
          from json_array_elements(case json_typeof(v_arg.value) when 'array' then v_arg.value else '[]' end) d(value)));
    elsif octet_length(v_arg.value::text) > 16384 then
      v_kept := v_kept || jsonb_build_object(v_arg.name, jsonb_build_object(
        'sha256', encode(sha256(convert_to(v_arg.value::text, 'UTF8')), 'hex'), 'bytes', octet_length(v_arg.value::text)));
    else
      v_kept := v_kept || jsonb_build_object(v_arg.name, v_arg.value);
    end if;
  end loop;
  return v_kept;
end
$$;
comment on function dot.fn_command_args_kept(jsonb, json) is
  'The arguments as the audit keeps them, by the declaration of their command: secrets and private keys as ***, many documents as {documents, sha256, bytes}, any other value whose text is longer than 16 KiB as {sha256, bytes} of that text. The program makes the same of them (src/pipeline/audit_args.rs), and fn_command_perform holds the two against each other. DT400 for what is no object.';
