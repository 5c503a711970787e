create or replace function dot.fn_iu_compose(
  p_collection text, p_title text default null, p_template text default null, p_document text default null,
  p_unit uuid[] default null, p_pin boolean default false)
returns jsonb
language plpgsql volatile security definer set search_path = dot, pg_temp
as $$
declare
  v_refused  jsonb := dot.fn_command_guard('iu compose', jsonb_build_object('collection', p_collection, 'title', p_title,
    'template', p_template, 'document', p_document, 'unit', p_unit, 'pin', p_pin));
  v_template dot.iu_collection_template;
  v_members  uuid[];
begin
  if v_refused is not null then
    return v_refused;
  end if;
  if (p_template is null) = (p_unit is null) then
    raise exception using errcode = 'DT400', message = 'a collection is composed from a template or from units, and from one of them only',
      hint = 'dot iu compose NAME --template TEMPLATE [--document NAME], or --unit UNIT …';
  end if;
  perform dot.fn_iu_collection_name(p_collection);
  if p_template is null then
    v_members := p_unit;
  else
    select * into v_template from dot.iu_collection_template where template_code = p_template and status <> 'archived';
    if not found then
      raise exception using errcode = 'DT404', message = format('there is no template %s', p_template), hint = 'dot iu templates';
    end if;
    perform dot.fn_registry_used('templates', p_template);
    v_members := dot.fn_iu_select(v_template.selectors, p_document);
  end if;
  perform dot.fn_iu_require_current(v_members);
  if coalesce(cardinality(v_members), 0) = 0 then
    return dot.fn_command_answer('iu compose', dot.fn_command_refusal('DT409', 'nothing_selected', 'no unit is selected', 'dot iu list shows what there is to select from.'));
  end if;

  return dot.fn_command_answer('iu compose', dot.fn_iu_collection_write(p_collection, coalesce(p_title, v_template.title), p_template, v_members, p_pin));
end
$$;
comment on function dot.fn_iu_compose(text, text, text, text, uuid[], boolean) is
  'Composes a collection, new or anew, from a template (with p_document for its $document) or from units in the order given. p_pin binds each member to the version that is current now. Returns {collection, collection_id, revision, units, pinned}. A refusal (DT409) when nothing is selected; DT404 for an unknown template or a unit that is not current, DT400 for a bad name or both or neither source.';
