create or replace function dot.fn_iu_revert_preview(p_payload jsonb) returns jsonb
language sql stable security definer set search_path = dot, pg_temp
as $$
  select case when p.planned ->> 'refused' = 'true' then jsonb_build_object('problem', p.planned -> 'message') else p.planned -> 'preview' end
    from (select dot.fn_iu_plan_revert((p_payload ->> 'undo')::uuid) as planned) p
$$;
comment on function dot.fn_iu_revert_preview(jsonb) is 'What a proposed revert would do to the units as they are now, as dot iu plan-revert shows it.';
