-- The commands that bring a database up to date must work where its catalogue is empty, or older than their duties: here it is
-- told of them, as every later sync of the catalogue tells it again.
set local role dot_owner;
update dot.dot_command_catalog k set spec = k.spec || jsonb_build_object('duties', d.duties)
  from (values ('catalog sync', '["bootstrap", "sync_catalog"]'::jsonb), ('migrate apply', '["bootstrap", "alter_schema"]'),
               ('migrate revert', '["bootstrap", "alter_schema"]')) d(code, duties)
 where k.command_code = d.code and k.source = 'binary';
-- Retired, until they are synced.
insert into dot.dot_command_catalog (command_code, summary, pg_function, builtin, mutating, risk, pair_command, idempotency, roles, spec, spec_digest, source, status)
select d.spec ->> 'code', d.spec ->> 'summary', d.spec ->> 'function', d.spec ->> 'builtin', true, d.spec ->> 'risk', d.spec ->> 'pair', 'natural', array['dot_admin'],
       d.spec || '{"mutating": true, "roles": ["dot_admin"]}', '', 'binary', 'retired'
  from (values ('{"code": "catalog sync", "summary": "Not synced yet", "function": "fn_catalog_sync", "risk": "low", "pair": "catalog check", "duties": ["bootstrap", "sync_catalog"]}'::jsonb),
               ('{"code": "migrate apply", "summary": "Not synced yet", "builtin": "migrate.apply", "risk": "low", "pair": "migrate status", "duties": ["bootstrap", "alter_schema"]}'),
               ('{"code": "migrate revert", "summary": "Not synced yet", "builtin": "migrate.revert", "risk": "critical", "pair": "migrate status", "duties": ["bootstrap", "alter_schema"]}')) d(spec)
 where not exists (select 1 from dot.dot_command_catalog);
reset role;
