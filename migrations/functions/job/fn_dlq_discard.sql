create or replace function dot.fn_dlq_discard(p_letter text[], p_note text) returns jsonb
language plpgsql volatile security definer set search_path = dot, pg_temp
as $$
declare
  v_refused jsonb := dot.fn_command_guard('dlq discard', jsonb_build_object('letter', p_letter, 'note', p_note));
  v_done    bigint[];
begin
  if v_refused is not null then
    return v_refused;
  end if;
  if coalesce(trim(p_note), '') = '' or coalesce(cardinality(p_letter), 0) = 0 or exists (select 1 from unnest(p_letter) l where l !~ '^[0-9]{1,18}$') then
    raise exception using errcode = 'DT400', message = 'discarding needs the numbers of dead letters and a note', hint = 'dot dlq discard 12 13 --note TEXT';
  end if;
  with locked as (
    select l.dead_letter_id from dot.job_dead_letter l where l.dead_letter_id = any (p_letter::bigint[]) and l.state = 'open' order by l.dead_letter_id for update
  ), done as (
    update dot.job_dead_letter l set state = 'discarded', settled_at = clock_timestamp(), settled_run_id = dot.fn_run_current()
      from locked where l.dead_letter_id = locked.dead_letter_id
    returning l.dead_letter_id
  )
  select coalesce(array_agg(dead_letter_id), '{}') into v_done from done;
  return jsonb_build_object('discarded', cardinality(v_done), 'note', p_note,
    'not_open', (select coalesce(jsonb_agg(l), '[]') from unnest(p_letter) l where l::bigint <> all (v_done)), 'partial', cardinality(v_done) < cardinality(p_letter));
end
$$;
comment on function dot.fn_dlq_discard(text[], text) is
  'Gives open dead letters up: they stay to be read, and are not replayed. Returns {discarded: how many, note, not_open: [those that were not open], partial}. DT400 without numbers or a note.';
