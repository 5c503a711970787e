set local role dot_owner;
drop function if exists dot.fn_iu_import(jsonb, boolean, text, text);
reset role;
