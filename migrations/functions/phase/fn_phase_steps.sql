create or replace function dot.fn_phase_steps(p_phase text)
returns table (step int, gate text, turns_on text, before jsonb, trial text, turn text, declared boolean, open boolean, changed_at timestamptz)
language sql stable security definer set search_path = dot, pg_temp
as $$
  select s.n::int, s.s ->> 'gate', s.s ->> 'turns_on', coalesce(s.s -> 'before', '[]'), s.s ->> 'trial', s.s ->> 'turn',
         c.config_key is not null, coalesce(c.value = 'true', false),
         (select max(h.changed_at) from dot.dot_config_history h where h.config_key = s.s ->> 'gate')
    from dot.phase_registry p
   cross join lateral jsonb_array_elements(p.steps) with ordinality as s(s, n)
    left join dot.dot_config c on c.config_key = s.s ->> 'gate' and c.value_type = 'bool' and c.status = 'active'
   where p.phase_code = p_phase and p.status = 'active'
   order by s.n
$$;
comment on function dot.fn_phase_steps(text) is
  'The gates of a phase in the order in which they are opened, each with what it turns on, what is verified before (before, trial), how it is turned where that is more than its gate (turn), and how it stands.';
