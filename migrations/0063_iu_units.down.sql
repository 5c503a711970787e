-- squawk-ignore-file ban-drop-function
set local role dot_owner;
drop trigger if exists record_insert on dot.iu_tree_path;
drop trigger if exists record_update on dot.iu_tree_path;
drop trigger if exists record_delete on dot.iu_tree_path;
drop function if exists dot.fn_iu_units_record(), dot.fn_iu_units_digest(uuid[]);
reset role;
