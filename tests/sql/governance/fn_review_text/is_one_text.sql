do $$
declare
  v_names text[] := array['database', 'proposal', 'kind', 'revision', 'payload', 'base', 'code', 'policy', 'verdict', 'reviewer', 'rationale', 'evidence', 'time'];
  v_parts jsonb := (select jsonb_object_agg(n, 'of ' || n) from unnest(v_names) n);
begin
  perform test.equal(dot.fn_review_text(v_parts), 'dot-approval/1' || chr(10) || (select string_agg(n || ': of ' || n || chr(10), '' order by o) from unnest(v_names) with ordinality u(n, o)));
  -- Nothing that is missing, and no line within a part, which would be one of the text's.
  perform test.equal(dot.fn_review_text(v_parts - n), null::text, n), test.equal(dot.fn_review_text(v_parts || jsonb_build_object(n, 'x' || chr(10) || 'verdict: approved')), null::text, n) from unnest(v_names) n;
  perform test.equal(dot.fn_review_text(null), null::text);
end
$$;
