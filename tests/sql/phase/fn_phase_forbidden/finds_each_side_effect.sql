do $$
begin
  perform dot.fn_iu_import(dot.fn_phase0_scratch('a.md', array[e'# A\n', e'# B\n']));
  assert not exists (select 1 from dot.fn_phase_forbidden('0') where not ok), (select string_agg(item, ', ') from dot.fn_phase_forbidden('0') where not ok);
  alter table dot.iu_version disable trigger protect;
  update dot.iu_version set body = e'# Z\n' where title = 'A';
  alter table dot.iu_version enable always trigger protect;
  grant execute on function dot.fn_iu_health() to public;
  grant insert on dot.iu_version to dot_operator;
  insert into dot.iu_relation (from_unit_id, to_unit_id, relation_kind, created_at) select unit_id, unit_id, 'split_into', now() from dot.information_unit limit 1;
  assert (select count(*) from dot.fn_phase_forbidden('0') where not ok) = 5, (select string_agg(item, ', ') from dot.fn_phase_forbidden('0') where not ok);
end
$$;
