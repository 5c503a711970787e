create or replace function dot.fn_audit_show(p_what text default null) returns jsonb
language plpgsql stable security definer set search_path = dot, pg_temp
as $$
declare
  v_index bigint := case when p_what ~ '^[0-9]{1,18}$' then p_what::bigint end;
  v_run   uuid := case when p_what ~* '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' then p_what::uuid end;
  v_shown jsonb;
begin
  if p_what is null then
    select jsonb_build_object('checkpoint', c.checkpoint_id, 'size', c.size, 'root', encode(c.root, 'base64'), 'origin', c.origin, 'key_id', c.key_id,
             'made_at', c.made_at, 'run_id', c.run_id, 'note', c.note, 'frontier', encode(c.frontier, 'hex'))
      into v_shown from dot.audit_checkpoint c order by c.checkpoint_id desc limit 1;
    if v_shown is null then
      raise exception using errcode = 'DT404', message = 'the audit was never sealed', hint = 'Make a key with dot audit keygen, then: dot audit seal';
    end if;
    return v_shown;
  end if;
  if v_index is null and v_run is null then
    raise exception using errcode = 'DT400', message = format('expected a run id or an index, got %L', p_what), hint = 'For example: dot audit show 0';
  end if;
  select jsonb_build_object('run_id', l.run_id, 'leaves', jsonb_agg(jsonb_build_object(
           'index', l.leaf_index, 'kind', l.leaf_kind, 'hash', encode(l.leaf_hash, 'base64'), 'canonical', l.canonical,
           'checkpoint', (select c.checkpoint_id from dot.audit_checkpoint c where c.size > l.leaf_index order by c.size, c.checkpoint_id limit 1))
           order by l.leaf_index))
    into v_shown
    from dot.audit_leaf l
   where l.leaf_index = v_index or l.run_id = v_run
   group by l.run_id;
  if v_shown is null then
    raise exception using errcode = 'DT404', message = format('%s is not sealed', p_what), hint = 'See: dot audit status';
  end if;
  return v_shown;
end
$$;
comment on function dot.fn_audit_show(text) is
  'Without an argument the newest checkpoint, whose note is the signed statement; with an index or a run what is sealed of it, and the first checkpoint that covers it. DT404 when there is none, DT400 for anything else.';
