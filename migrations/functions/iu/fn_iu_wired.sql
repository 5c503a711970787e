create or replace function dot.fn_iu_wired() returns boolean
language sql stable security definer set search_path = dot, pg_temp
as $$
  select exists (
    select 1 from dot.consumer_registry c
     where c.consumer_code = 'iu.axis_materialize' and c.status = 'active' and (c.gate is null or dot.fn_gate_open(c.gate)))
$$;
comment on function dot.fn_iu_wired() is 'Whether completed cuts materialize their axes by themselves: the consumer iu.axis_materialize is active and its gate is open.';
