create or replace function dot.fn_job_pick_keyed(p_queue_id smallint, p_class_id smallint, p_limit int, out jobs bigint[], out slots smallint[])
language plpgsql volatile security definer set search_path = dot, pg_temp set plan_cache_mode = force_generic_plan
  set enable_seqscan = off set jit = off set enable_bitmapscan = off
as $$
declare
  v_name     constant text := format('dot.key_%s_%s', p_queue_id, p_class_id);
  v_last     text := coalesce(current_setting(v_name, true), '');
  v_key      text;
  v_turn     text;
  v_taken    text[] := array[]::text[];
  v_busy     smallint[];
  v_least    int;
  v_room     int;
  v_ids      bigint[];
  v_looked   int;
  v_stopped  text;
begin
  jobs := '{}';
  slots := '{}';
  if current_setting('transaction_isolation') <> 'read committed' then
    raise exception using errcode = 'DT409', message = 'jobs with a concurrency key can be claimed at isolation read committed only',
      hint = 'An older snapshot would not show which of them run already.';
  end if;
  <<line>>
  for v_priority in 0 .. 9 loop
    v_looked := 0;
    -- Round by round over the keys in line: from the one after that of the last claim to the end, then from the beginning.
    <<rounds>>
    for v_round in 1 .. case when v_last = '' then 1 else 2 end loop
      v_key := case v_round when 1 then v_last else '' end;
      loop
        select j.concurrency_key into v_key from dot.job_queue j
         where j.state = 'r' and j.concurrency_key is not null and j.queue_id = p_queue_id and j.class_id = p_class_id and j.priority = v_priority
           and j.concurrency_key > v_key
         order by j.concurrency_key limit 1;
        exit when not found or (v_round = 2 and v_key > v_last);
        v_looked := v_looked + 1;
        if v_looked > 256 + p_limit then
          -- The next look begins here: else as many keys that are all busy would keep those behind them from their turn.
          v_stopped := coalesce(v_stopped, v_key);
          exit rounds;
        end if;
        -- Whoever claims of a key holds its row until the claim is committed and can be counted; nobody waits for it.
        continue when v_key = any (v_taken);
        perform 1 from dot.job_key_lock l where l.slot = (hashtextextended(v_key, 0) & 8191)::smallint for update skip locked;
        continue when not found;
        -- Kinds that share a key may allow it differently: each of its jobs runs beside no more than its own kind allows.
        select coalesce(array_agg(b.slot), '{}'), min(k.key_limit) into v_busy, v_least
          from (select x.slot, x.kind_id from dot.job_queue x where x.state = 'x' and x.concurrency_key is not null and x.concurrency_key = v_key
                union all
                select g.slot, g.kind_id from dot.job_stopping g where g.concurrency_key is not null and g.concurrency_key = v_key and g.until > clock_timestamp()) b
          join dot.job_kind_registry k using (kind_id);
        v_room := least(v_least, (
          select k.key_limit from dot.job_queue j join dot.job_kind_registry k using (kind_id)
           where j.state = 'r' and j.concurrency_key is not null and j.queue_id = p_queue_id and j.class_id = p_class_id and j.priority = v_priority
             and j.concurrency_key = v_key
           order by j.ready_seq limit 1)) - cardinality(v_busy);
        continue when v_room is null or v_room <= 0;
        v_ids := array(
          select w.job_id
            from (select c.job_id, c.ready_seq, row_number() over line as nth, least(v_least, min(c.key_limit) over line) as most
                    from (select j.job_id, j.ready_seq, k.key_limit from dot.job_queue j join dot.job_kind_registry k using (kind_id)
                           where j.state = 'r' and j.concurrency_key is not null and j.queue_id = p_queue_id and j.class_id = p_class_id
                             and j.priority = v_priority and j.concurrency_key = v_key
                           order by j.ready_seq limit least(v_room, p_limit - cardinality(jobs)) for update of j skip locked) c
                  window line as (order by c.ready_seq)) w
           where cardinality(v_busy) + w.nth <= w.most
           order by w.ready_seq);
        continue when cardinality(v_ids) = 0;
        v_taken := v_taken || v_key;
        v_turn := v_key;
        jobs := jobs || v_ids;
        slots := slots || array(
          select s::smallint from generate_series(1, cardinality(v_busy) + v_room) s
           where s <> all (v_busy) order by s limit cardinality(v_ids));
        exit line when cardinality(jobs) >= p_limit;
      end loop;
    end loop;
  end loop;
  if coalesce(v_stopped, v_turn) is not null then
    perform set_config(v_name, coalesce(v_stopped, v_turn), false);
  end if;
end
$$;
comment on function dot.fn_job_pick_keyed(smallint, smallint, int) is
  'Locks up to p_limit ready jobs that have a concurrency key, of one queue and executor class, key by key in turn. Of each key no more run at once than the key_limit of every kind among them allows, those included that were cancelled and are being stopped; counted under a lock of the key''s row in job_key_lock that lasts until the claim is committed, and kept by a unique index; a key that someone else is claiming of, or one that shares its row, is passed over. Returns their numbers and the slots that they take.';
