set local role dot_owner;
create table dot.odd (t int, e int, k text, c text, r text, x text, i text, o text, q text, primary key (t, k));
insert into dot.odd select n, n, 'k' || n, 'c', 'r', 'x', 'i', 'o', 'q' from generate_series(1, 4) n;
create function dot.fn_odd() returns jsonb language plpgsql security definer as $f$
begin
  -- A row that was locked first is deleted by a multixact.
  perform 1 from dot.odd o where o.t in (2, 3) for update;
  begin
    update dot.odd o set e = 30 where o.t = 3;
    delete from dot.odd o where o.t = 2;
  exception when division_by_zero then null;
  end;
  insert into dot.odd values (9, 9, 'k9');
  update dot.odd o set k = 'k44' where o.t = 4;
  return '{}';
end $f$;
reset role;
select set_config('dot.birth', '{"source": "catalog", "owner": "o", "purpose": "p"}', true);
insert into dot.dot_command_catalog (command_code, summary, pg_function, mutating, risk, pair_command, idempotency, roles, spec, spec_digest, source)
values ('odd', 's', 'fn_odd', true, 'low', 'gate show', 'none', '{dot_operator}', '{"code": "odd", "args": []}', 'd', 'database');
do $$
declare
  v jsonb := test.perform('odd', '{}', 'dry_run', 10);
begin
  perform test.equal((select string_agg(concat_ws(' ', i #>> '{key,t}', i #>> '{key,k}', coalesce(i #>> '{before,e}', '-'), coalesce(i #>> '{after,e}', '-')), ', ' order by n)
    from jsonb_array_elements(v -> 'images') with ordinality i(i, n)), '2 k2 2 -, 3 k3 3 30, 4 k4 4 -, 4 k44 - 4, 9 k9 - 9');
  assert (v ->> 'whole')::boolean and (v #> '{images,0,before}') = '{"t": 2, "e": 2, "k": "k2", "c": "c", "r": "r", "x": "x", "i": "i", "o": "o", "q": "q"}', v -> 'images';
  perform test.equal((select count(*) from dot.odd where k = 'k2'), 1::bigint, 'rows after a rehearsal');
end
$$;
