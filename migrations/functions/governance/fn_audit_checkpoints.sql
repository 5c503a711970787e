create or replace function dot.fn_audit_checkpoints(p_after text default null, p_limit int default 100)
returns table (checkpoint_id bigint, size bigint, root text, origin text, key_id text, made_at timestamptz, note text)
language sql stable security definer set search_path = dot, pg_temp
as $$
  select c.checkpoint_id, c.size, encode(c.root, 'base64'), c.origin, c.key_id, c.made_at, c.note
    from dot.audit_checkpoint c where p_after is null or c.checkpoint_id > p_after::bigint
   order by c.checkpoint_id
   limit p_limit
$$;
comment on function dot.fn_audit_checkpoints(text, int) is 'The signed statements on the log, oldest first. p_after is the last checkpoint_id of the page before.';
