create or replace function dot.fn_registry_show(p_registry text, p_key text default null)
returns table (key text, lifecycle text, owner text, source text, proposal uuid, purpose text, reason text, born_at timestamptz, warning text, entry jsonb)
language plpgsql stable security definer set search_path = dot, pg_temp
as $$
declare
  v_required jsonb := dot.fn_registry_require(p_registry);
  v_registry dot.registry_catalog;
begin
  if v_required ? 'refused' then
    raise exception using errcode = v_required ->> 'code', message = v_required ->> 'message', hint = v_required ->> 'hint', detail = v_required::text;
  end if;
  select * into v_registry from dot.registry_catalog where registry_code = p_registry;
  if v_registry.key_column is null then
    raise exception using errcode = 'DT409', message = format('entries of %s have no single key', p_registry), hint = 'They have commands of their own, such as dot policy list.';
  end if;
  return query execute format($q$
    select e.row ->> %1$L, coalesce(b.lifecycle, 'unborn'), b.owner, b.source, b.proposal_id, b.purpose, b.reason, b.born_at,
           case b.lifecycle when 'deprecated' then 'deprecated: ' || coalesce(b.reason, 'choose another') when 'archived' then 'archived: it is refused' end,
           -- Through an adapter, each expected column has the value of the one in its place.
           e.row || coalesce((select jsonb_object_agg(c.key, e.row -> c.value) from jsonb_each_text($1) c), '{}')
      from (select to_jsonb(t.*) as row from %2$s t) e
      left join dot.registry_birth b on b.registry_code = %3$L and b.entry_key = e.row ->> %1$L
     where $2 is null or e.row ->> %1$L = $2
     order by 1
    $q$, coalesce(v_required #>> array['columns', v_registry.key_column], v_registry.key_column), v_required ->> 'relation', p_registry)
    using v_required -> 'columns', p_key;
  if p_key is not null and not found then
    raise exception using errcode = 'DT404', message = format('registry %s has no entry %s', p_registry, p_key), hint = format('dot registry show %s', p_registry);
  end if;
end
$$;
comment on function dot.fn_registry_show(text, text) is
  'The entries of a registry with their birth and lifecycle; entry is the row, seen through the shape adapter where there is one. DT404 for an unknown registry or key, DT409 when the registry is not as expected and has no adapter.';
