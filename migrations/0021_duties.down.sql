set local role dot_owner;
update dot.dot_command_catalog set spec = spec - 'duties' where spec ? 'duties';
delete from dot.dot_command_catalog where spec_digest = '' and status = 'retired';
reset role;
