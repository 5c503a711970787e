create or replace function dot.fn_event_validators() returns trigger
language plpgsql volatile security definer set search_path = dot, pg_temp set standard_conforming_strings = on
as $$
declare
  v_cases text;
begin
  -- One at a time: two sessions cannot replace a function at once.
  perform dot.fn_lock_take('event validators');
  select string_agg(format(E'    when %L then\n%s', d.letter, d.tests), E'\n' order by d.letter) into v_cases
    from (
      select right(t.event_type, 1) as letter,
             string_agg(format('      if p_event_type = %L then return case when p_class = any (%L::text[]) and %s(p_payload) then %L end; end if;',
               t.event_type, t.producer_class_allowed, t.validator, t.schema_version), E'\n' order by t.event_type) as tests
        from (select distinct on (r.event_type) r.* from dot.event_type_registry r where r.status <> 'archived'
               order by r.event_type, r.status, string_to_array(r.schema_version, '.')::int[] desc) t
       -- One that is deprecated is judged the long way, which warns.
       where t.status = 'active' and to_regprocedure(t.validator || '(jsonb)') is not null
       group by 1) d;
  execute format(
    'create or replace function dot_compiled.emit_version(p_event_type text, p_class text, p_payload jsonb) returns text
     language plpgsql immutable parallel safe as $f$
     begin
       case right(p_event_type, 1)
     %s
         else null;
       end case;
       return null;
     end $f$', coalesce(v_cases, E'    when '''' then null;'));
  perform dot.fn_schema_compiled('dot_compiled.emit_version(text, text, jsonb)');
  return null;
end
$$;
comment on function dot.fn_event_validators() is
  'Generates dot_compiled.emit_version(type, class, payload): for each type that is compiled and active, the version in force and who may emit it, as constants, with a call of its schema, so that an emit reads no table and plans no query. It answers null where it cannot tell, and where the answer is no.';
create or replace trigger validators after insert or update or delete on dot.event_type_registry for each statement execute function dot.fn_event_validators();
alter table dot.event_type_registry enable always trigger validators;
