-- squawk-ignore-file ban-drop-function
-- It comes back with another parameter.
set local role dot_owner;
drop function if exists dot.fn_phase_enable(text, text, boolean);
reset role;
