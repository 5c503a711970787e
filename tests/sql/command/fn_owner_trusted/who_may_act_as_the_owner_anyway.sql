create role r_plain login in role dot_admin;
create role r_owner login in role dot_owner;
do $$
begin
  assert dot.fn_owner_trusted('dot_owner'::regrole) and dot.fn_owner_trusted('r_owner'::regrole) and dot.fn_owner_trusted(10), 'these';
  assert not dot.fn_owner_trusted('r_plain'::regrole) and not dot.fn_owner_trusted(1) and not dot.fn_owner_trusted(null), 'and no others';
end
$$;
