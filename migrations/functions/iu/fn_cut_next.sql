create or replace function dot.fn_cut_next(p_cut_request_id uuid) returns text
language sql stable security definer set search_path = dot, pg_temp
as $$
  select case
           -- As fn_cut_expect would refuse it.
           when c.state in ('staged', 'marked', 'approved') and v.base_version_id is distinct from d.current_version_id then format('dot iu cancel %s', c.cut_request_id)
           when c.state in ('staged', 'marked', 'approved') and dot.fn_cut_open(v.document_id) is not null then dot.fn_cut_next(dot.fn_cut_open(v.document_id))
           when c.state = 'failed' then format('dot iu cancel %s', c.cut_request_id)
           when c.state = 'staged' then format('dot iu mark %s', c.cut_request_id)
           when c.state = 'marked' then format('dot iu approve %s', c.cut_request_id)
           when c.state = 'approved' then format('dot iu cut %s', c.cut_request_id)
           when c.state = 'cut' then format('dot iu verify %s', c.cut_request_id)
           when c.state = 'verified' then format('dot iu cleanup %s', c.cut_request_id) end
    from dot.cut_request c
    join dot.iu_document_version v using (document_version_id)
    join dot.iu_document d using (document_id)
   where c.cut_request_id = p_cut_request_id
$$;
comment on function dot.fn_cut_next(uuid) is
  'The command that brings a cut request further: its next step; to give it up, where it failed or its document has a newer version; or the next step of the cut of its document that is in its way. Null for one that has ended, and where there is none.';
