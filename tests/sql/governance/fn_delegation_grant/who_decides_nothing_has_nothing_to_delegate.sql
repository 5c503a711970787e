-- Else a reader would be counted as one with two reviewers, who then could not approve together.
do $$
declare
  v_rea text := test.actor('rea', 'human', '{dot_reader}');
  v_rev text := test.actor('rev', 'human', '{dot_operator,dot_reviewer}');
  v_call constant text := $q$select dot.fn_delegation_grant('rev', now() + interval '1 day', 'away') ->> 'reason'$q$;
begin
  perform test.equal(test.by(v_rea, v_call), 'nothing_to_delegate');
  perform test.actor('ann', 'human', '{dot_operator,dot_reviewer}');
  perform test.equal(test.by(v_rev, $q$select dot.fn_delegation_grant('ann', now() + interval '1 day', 'away') ->> 'reason'$q$), null::text);
end
$$;
