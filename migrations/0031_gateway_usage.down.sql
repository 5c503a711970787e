set local role dot_owner;
revoke usage on schema dot from dot_gateway;
reset role;
