-- Functions that were compiled before anything was noted of them are noted as they are.
set local role dot_owner;
insert into dot.schema_compiled (function_name, major, digest)
select p.oid::regprocedure::text, current_setting('server_version_num')::int / 10000, encode(sha256(convert_to(pg_get_functiondef(p.oid), 'UTF8')), 'hex')
  from pg_proc p where p.pronamespace = to_regnamespace('dot_compiled');
reset role;
