-- What a behaviour expects of a call, in a line.
create function test.refused(p_answer jsonb, p_reason text) returns void
language plpgsql as $$
begin
  assert p_answer ->> 'refused' = 'true' and p_answer ->> 'reason' = p_reason, format('refused for %s: %s', p_reason, coalesce(p_answer::text, 'NULL'));
end
$$;

create function test.raises(p_sqlstate text, p_sql text, p_like text default '%') returns void
language plpgsql as $$
begin
  begin
    execute p_sql;
  exception when others then
    assert sqlstate = p_sqlstate and sqlerrm like p_like, format('%s raises %s %s, not %s %s', p_sql, p_sqlstate, p_like, sqlstate, sqlerrm);
    return;
  end;
  raise 'it did not raise %: %', p_sqlstate, p_sql;
end
$$;

-- Equal, and not unknown.
create function test.equal(p_found anycompatible, p_expected anycompatible, p_what text default 'it') returns void
language plpgsql as $$
begin
  assert p_found is not distinct from p_expected, format('%s: %s, not %s', p_what, coalesce(p_found::text, 'NULL'), coalesce(p_expected::text, 'NULL'));
end
$$;

-- What a call answers that must leave a row as free as it was. It has a subtransaction of its own, so that its lock would be told from
-- earlier ones of this transaction.
create function test.unlocked(p_row text, p_call text) returns jsonb
language plpgsql as $$
declare
  v_before text;
  v_after  text;
  v_answer jsonb;
begin
  execute format('select xmax::text from %s', p_row) into strict v_before;
  begin
    execute p_call into v_answer;
  exception when sqlstate 'DT999' then
    raise;
  end;
  execute format('select xmax::text from %s', p_row) into strict v_after;
  perform test.equal(v_after, v_before, 'who holds ' || p_row);
  return v_answer;
end
$$;

-- What fn_audit_finds_<p_finding> finds: of which thing, and how.
create function test.found(p_finding text) returns text[]
language plpgsql as $$
declare
  v_found text[];
begin
  execute format('select array_agg(f.object || '': '' || f.detail order by f.object) from dot.%I() f', 'fn_audit_finds_' || p_finding) into v_found;
  return v_found;
end
$$;
