-- squawk-ignore-file ban-drop-function
-- An import also takes the name of its root.
set local role dot_owner;
drop function if exists dot.fn_iu_import(jsonb, boolean, text);
reset role;
