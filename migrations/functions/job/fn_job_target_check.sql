create or replace function dot.fn_job_target_check(p_kind text, p_target jsonb) returns void
language plpgsql immutable security definer set search_path = dot, pg_temp set standard_conforming_strings = on
as $$
declare
  -- Names under which secrets are sent.
  c_secret constant text :=
    '(authoriz|(^|[-_.])auth([-_.]|$)|token|secret|pass|pwd|jwt|bearer|credential|signature|(^|[-_.])sig([-_.]|$)|cookie|session|(^|[-_.]|api|access|private|app|subscription)key *$)';
  -- Names that end like those, and say what else it is.
  c_other  constant text := '^(idempotency|sort|partition|routing|object)[-_.]key$';
  c_hint   constant text := 'What is in a row is in every backup. Name where the worker finds it: {"env": NAME}, {"file": PATH} or {"command": [PROGRAM, ARGUMENT, …]}, as the value of a header.';
  v_header record;
  v_url    constant text := p_target ->> 'url';
  v_name   text;
  v_at     int;
begin
  if jsonb_typeof(p_target -> 'headers') not in ('object', 'null') then
    raise exception using errcode = 'DT400', message = format('headers of job kind %s must be a JSON object', p_kind), hint = c_hint;
  end if;
  for v_header in
    select h.name, h.value from jsonb_each(case when jsonb_typeof(p_target -> 'headers') = 'object' then p_target -> 'headers' else jsonb_build_object() end) h(name, value)
  loop
    if (lower(v_header.name) ~ c_secret and lower(v_header.name) !~ c_other or v_header.value #>> '{}' ~* '^\s*(bearer|basic|digest|token|negotiate)\s+\S') and not coalesce(jsonb_typeof(v_header.value) = 'object' and v_header.value ?| array['env', 'file', 'command']
      and (select count(*) from jsonb_object_keys(case when jsonb_typeof(v_header.value) = 'object' then v_header.value else jsonb_build_object() end)) = 1, false)
    then
      raise exception using errcode = 'DT400', message = format('job kind %s holds the value of header %s itself', p_kind, v_header.name), hint = c_hint;
    end if;
  end loop;
  if v_url ~ '^[^/?#]*//[^/?#]*@' then
    raise exception using errcode = 'DT400', message = format('job kind %s holds a user or a password in its url', p_kind), hint = c_hint;
  end if;
  select m[1] into v_name from regexp_matches(coalesce(v_url, ''), '[?&;#]([^=&#;]+)=[^&#;]', 'g') m where lower(m[1]) ~ c_secret and lower(m[1]) !~ c_other or lower(m[1]) = 'code' or strpos(m[1], '%') > 0 limit 1;
  if found then
    raise exception using errcode = 'DT400', message = format('job kind %s holds the value of %s in its url', p_kind, v_name), hint = c_hint;
  end if;
  select a.n into v_at from jsonb_array_elements_text(case when jsonb_typeof(p_target -> 'args') = 'array' then p_target -> 'args' else '[]' end) with ordinality a(arg, n)
   where a.arg ~* '(authorization|token|secret|passw|bearer|credential|api[-_]?key)[^=: ]*[=: ]+\S' limit 1;
  if found then
    raise exception using errcode = 'DT400', message = format('job kind %s holds a secret in argument %s of its program', p_kind, v_at),
      hint = 'What is in a row is in every backup, and what is in arguments is seen by whoever lists processes. Let the program read it from its environment or a file.';
  end if;
end
$$;
comment on function dot.fn_job_target_check(text, jsonb) is
  'DT400 where the target of a kind of jobs holds a secret as a value: in a header or a parameter of its url whose name says so (authorization, cookie, x-api-key, …), in a header whose value does (Bearer …), as user information of its url (RFC 3986, 3.2.1), or in an argument of its program. What says nothing of itself, as the path of a webhook, cannot be told.';
