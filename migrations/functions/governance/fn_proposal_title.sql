create or replace function dot.fn_proposal_title(p_kind text, p_payload jsonb) returns text
language sql stable security definer set search_path = dot, pg_temp
as $$
  select left(case p_kind
    when 'command_run' then 'dot ' || (p_payload ->> 'command') || coalesce(' ' || (
      select string_agg(case jsonb_typeof(e.value) when 'string' then e.value #>> '{}' else e.value::text end, ' ')
        from jsonb_each(p_payload -> 'args') e where jsonb_typeof(e.value) <> 'object' and length(e.value::text) <= 60), '')
    else k.summary end, 160)
    from dot.proposal_kind k where k.kind_code = p_kind
$$;
comment on function dot.fn_proposal_title(text, jsonb) is 'What a proposal is called where its proposer gave it no title.';
