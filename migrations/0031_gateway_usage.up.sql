-- A gateway of no other role looks things up and presents tokens.
set local role dot_owner;
grant usage on schema dot to dot_gateway;
reset role;
