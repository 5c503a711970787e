-- Documents and their units, a line each.
create function test.document(p_bodies text[] default array[e'# One\n', e'## Two\ntwo\n', e'## Three\nthree\n'], p_path text default 'a.md') returns void
language plpgsql as $$
begin
  perform dot.fn_iu_import(dot.fn_phase0_scratch(p_path, p_bodies));
end
$$;

create function test.unit(p_place int default 1, p_document text default 'a.md') returns uuid
language sql as $$ select unit from dot.fn_iu_list(p_document) order by path limit 1 offset p_place - 1 $$;

-- An operation on units that is proposed, approved by another person, and applied.
create function test.merged(p_kind text, p_payload jsonb) returns uuid
language plpgsql as $$
declare
  v_id uuid := (dot.fn_proposal_submit(p_kind, p_payload) ->> 'proposal')::uuid;
begin
  perform dot.fn_review_record(v_id, 'approved', 'read', '[]', 'reviewer', 'human', null, false);
  perform dot.fn_proposal_apply(v_id);
  return v_id;
end
$$;

create function test.proposed(p_kind text, p_payload jsonb, p_draft boolean default false) returns uuid
language sql as $$ select (dot.fn_proposal_submit(p_kind, p_payload, p_draft => p_draft) ->> 'proposal')::uuid $$;

-- A proposal that anyone can make of the first unit of a new document.
create function test.tag_proposal(p_key text default 'grants') returns uuid
language sql as $$
  select test.proposed('registry_entry', jsonb_build_object('registry', 'tags', 'key', p_key, 'owner', 'ann', 'purpose', 'x',
    'entry', jsonb_build_object('facet', 'domain', 'title', 'T', 'summary', 's')))
$$;

-- Who decided against a proposal, and whether it has the approvals that it needs.
create function test.judged(p_proposal uuid) returns text
language sql as $$
  select concat_ws(' ', (select string_agg(n, ' ') from jsonb_array_elements_text(j #> '{policies,0,denied_by}') n), j ->> 'met') from dot.fn_proposal_judge(p_proposal) j
$$;
