create or replace function dot.fn_event_types_compile() returns int
language plpgsql volatile security definer set search_path = dot, pg_temp
as $$
declare
  v_type   record;
  v_schema jsonb;
  v_done   int := 0;
begin
  for v_type in select entry_key, schema_jsonb, formats from dot.event_type_registry where validator is null order by entry_key loop
    begin
      v_schema := dot.fn_schema_asserting(v_type.schema_jsonb, v_type.formats);
      -- Only one that can be compiled is written: the trigger on the table compiles it, and the registry keeps who did.
      if dot.fn_schema_compile(dot.fn_schema_closed(v_schema), null, dot.fn_schema_closing(v_schema)) is not null then
        update dot.event_type_registry set validator = null where entry_key = v_type.entry_key;
        v_done := v_done + 1;
      end if;
    exception when others or assert_failure then
      -- A schema that was taken once, and would be refused today or is too much for the server, is no reason to refuse an upgrade.
      null;
    end;
  end loop;
  return v_done;
end
$$;
comment on function dot.fn_event_types_compile() is
  'Compiles the stored event types that have no compiled function, as after an upgrade that cleared them, and returns how many. Those that only the interpreter can serve stay without, as do those whose schema cannot be read any more.';
