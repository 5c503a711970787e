-- squawk-ignore-file ban-drop-function
set local role dot_owner;
drop function if exists dot.fn_phase_enable(text, text, boolean, text[]);
reset role;
