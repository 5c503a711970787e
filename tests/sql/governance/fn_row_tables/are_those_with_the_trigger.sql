create table dot.scratch (a text, b int, c text, primary key (a, b));
create trigger record after insert or update or delete on dot.scratch for each row execute function dot.fn_row_record('a,b', 'c');
do $$
declare
  v record;
begin
  select * into v from dot.fn_row_tables() where relation = 'scratch';
  perform test.equal(v.key_columns, '{a,b}'::text[]);
  perform test.equal(v.left_out, '{c}'::text[]);
  perform test.equal(v.hidden, '{}'::text[]);
  perform test.equal((select hidden from dot.fn_row_tables() where relation = 'dot_session'), '{token_sha256}'::text[]);
end
$$;
