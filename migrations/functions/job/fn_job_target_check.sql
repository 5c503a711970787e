create or replace function dot.fn_job_target_check(p_kind text, p_target jsonb) returns void
language plpgsql immutable security definer set search_path = dot, pg_temp
as $$
declare
  -- Names under which secrets are sent.
  c_secret constant text :=
    '(authoriz|(^|[-_.])auth([-_.]|$)|token|secret|pass|pwd|jwt|bearer|credential|signature|(^|[-_.])sig([-_.]|$)|cookie|session|^key$|(api|access|private|app|subscription)[-_.]?key *$)';
  c_hint   constant text := 'What is in a row is in every backup. Name where the worker finds it: {"env": NAME}, {"file": PATH} or {"command": [PROGRAM, ARGUMENT, …]}, as the value of a header.';
  v_header record;
  v_url    constant text := p_target ->> 'url';
  v_name   text;
begin
  if jsonb_typeof(p_target -> 'headers') not in ('object', 'null') then
    raise exception using errcode = 'DT400', message = format('the headers of job kind %s are no object', p_kind), hint = c_hint;
  end if;
  for v_header in
    select h.name, h.value from jsonb_each(case when jsonb_typeof(p_target -> 'headers') = 'object' then p_target -> 'headers' else jsonb_build_object() end) h(name, value)
  loop
    if lower(v_header.name) ~ c_secret and not coalesce(jsonb_typeof(v_header.value) = 'object' and v_header.value ?| array['env', 'file', 'command']
      and (select count(*) from jsonb_object_keys(case when jsonb_typeof(v_header.value) = 'object' then v_header.value else jsonb_build_object() end)) = 1, false)
    then
      raise exception using errcode = 'DT400', message = format('job kind %s holds the value of header %s itself', p_kind, v_header.name), hint = c_hint;
    end if;
  end loop;
  if v_url ~ '^[^/?#]*//[^/?#]*@' then
    raise exception using errcode = 'DT400', message = format('job kind %s holds a user or a password in its url', p_kind), hint = c_hint;
  end if;
  select m[1] into v_name from regexp_matches(coalesce(v_url, ''), '[?&;#]([^=&#;]+)=[^&#;]', 'g') m where lower(m[1]) ~ c_secret or strpos(m[1], '%') > 0 limit 1;
  if found then
    raise exception using errcode = 'DT400', message = format('job kind %s holds the value of %s in its url', p_kind, v_name), hint = c_hint;
  end if;
end
$$;
comment on function dot.fn_job_target_check(text, jsonb) is
  'DT400 where the target of a kind of jobs holds a secret as a value: in a header or a parameter of its url whose name says so (authorization, cookie, x-api-key, …), or as user information of its url (RFC 3986, 3.2.1).';
