select 'no entry is born without an owner and a purpose' as name,
       not exists (select 1 from dot.registry_birth where owner = '' or purpose = '') as ok;
