-- Other types of keys, and those of ssh-keygen: governance::signed::database.
do $$
declare
  v constant text := test.signature('ann', 'a text');
begin
  perform test.equal(dot.fn_ssh_verified(test.public_key('ann') || ' a comment', 'dot-approval', 'a text', v), null);
  perform test.equal(dot.fn_ssh_verified(k, n, t, s), said)
     from (values
       (test.public_key('ann'), 'dot-approval', 'another', v, 'its signature is not one by its key over its text'),
       (test.public_key('ann'), 'git', 'a text', v, 'its signature is not of namespace git'),
       (test.public_key('bob'), 'dot-approval', 'a text', v, 'its signature is by another key'),
       (test.public_key('ann'), 'dot-approval', 'a text', 'x', 'its key or its signature is not base64'),
       (test.public_key('ann'), 'dot-approval', 'a text', '', 'its signature is no SSH signature: lines of 70 characters, and nothing around them'),
       -- The same in lines of another length: ssh-keygen takes it, and who verifies it with another program does not.
       (test.public_key('ann'), 'dot-approval', 'a text', replace(v, chr(10), chr(10) || chr(10)), 'its signature is no SSH signature: lines of 70 characters, and nothing around them'),
       -- As it is kept it is verified elsewhere.
       (test.public_key('ann'), 'dot-approval', 'a text', replace(v, chr(10), chr(13) || chr(10)), 'its key or its signature is not base64'),
       ('x', 'dot-approval', 'a text', v, 'its signature is by another key')) c(k, n, t, s, said);
end
$$;
