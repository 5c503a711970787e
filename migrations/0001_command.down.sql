-- Roles stay: other databases of the server may use them.
drop schema dot cascade;
