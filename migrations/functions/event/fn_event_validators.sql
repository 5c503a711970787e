create or replace function dot.fn_event_validators() returns trigger
language plpgsql volatile security definer set search_path = dot, pg_temp
as $$
declare
  v_cases text;
begin
  -- One at a time: two sessions cannot replace a function at once.
  perform pg_advisory_xact_lock(hashtext('dot.event_validators'));
  select string_agg(format(E'    when %L then\n%s', d.digit, d.tests), E'\n' order by d.digit) into v_cases
    from (
      select right(v.validator, 1) as digit,
             string_agg(format('      if p_validator = %L then return %s(p_payload); end if;', v.validator, v.validator), E'\n' order by v.validator) as tests
        from (select distinct validator from dot.event_type_registry where status <> 'archived' and to_regprocedure(validator || '(jsonb)') is not null) v
       group by 1) d;
  execute format(
    'create or replace function dot_compiled.payload_valid(p_validator text, p_payload jsonb) returns boolean
     language plpgsql immutable parallel safe as $f$
     begin
       case right(p_validator, 1)
     %s
         else null;
       end case;
       return null;
     end $f$', coalesce(v_cases, E'    when '''' then null;'));
  return null;
end
$$;
comment on function dot.fn_event_validators() is
  'Generates dot_compiled.payload_valid(validator, payload): one call of each compiled schema that is in use, so that an emit calls it without planning a query. It answers null for a validator it does not know.';
create or replace trigger validators after insert or update or delete on dot.event_type_registry for each statement execute function dot.fn_event_validators();
