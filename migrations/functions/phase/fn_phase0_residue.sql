create or replace function dot.fn_phase0_residue() returns jsonb
language sql stable security definer set search_path = dot, pg_temp
as $$
  select jsonb_build_object('ok', d.n + c.n + r.n = 0, 'documents', d.n, 'consumers', c.n, 'decisions', r.n)
    from (select count(*) as n from dot.iu_document where name like 'phase0/scratch-%') d,
         (select count(*) as n from dot.consumer_registry where consumer_code = 'phase0.broken') c,
         (select count(*) as n from dot.review_decision where reviewer_id = 'phase0-reviewer') r
$$;
comment on function dot.fn_phase0_residue() is 'Whether phase0 verify left nothing behind: {ok, documents, consumers, decisions}.';
