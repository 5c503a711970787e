create or replace function dot.fn_iu_refresh_tags(p_unit uuid) returns void
language sql volatile security definer set search_path = dot, pg_temp
as $$
  update dot.iu_three_axis_envelope e
     set tags = array(select m.tag_code from dot.iu_metadata_tag m join dot.iu_metadata_tag_registry r using (tag_code)
                       where m.unit_id = p_unit and r.facet <> 'classification' order by 1),
         classification = array(select m.tag_code from dot.iu_metadata_tag m join dot.iu_metadata_tag_registry r using (tag_code)
                       where m.unit_id = p_unit and r.facet = 'classification' order by 1)
   where e.version_id = (select version_id from dot.fn_iu_place(array[p_unit]))
$$;
comment on function dot.fn_iu_refresh_tags(uuid) is 'Brings axis B of a unit''s current envelope up to its tags. Does nothing where there is no envelope yet.';
