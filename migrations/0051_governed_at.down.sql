set local role dot_owner;
drop sequence dot.governed_xid;
reset role;
