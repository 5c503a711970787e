create or replace function dot.fn_iu_post_cut_axis_materialize(p_cut_request_id uuid) returns int
language sql volatile security definer set search_path = dot, pg_temp
as $$
  select dot.fn_iu_axis_materialize(array(
    select document_version_id from dot.cut_request where cut_request_id = p_cut_request_id and state = 'completed'))
$$;
comment on function dot.fn_iu_post_cut_axis_materialize(uuid) is
  'Builds the envelopes of all pieces of a completed cut; of any other cut, none. Idempotent. Returns how many envelopes were written.';
