set local role dot_owner;
delete from dot.schema_compiled;
reset role;
