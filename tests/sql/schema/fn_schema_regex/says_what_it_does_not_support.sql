do $$
declare
  v_pattern text;
begin
  foreach v_pattern in array array['[', '(', 'a)', '*a', '\p{Script=Greek}', '\q', 'a{3,2}', 'a{20000}', '(?i)a', '(((a{0,255}){0,255}){0,255}){0,255}'] loop
    begin
      perform dot.fn_schema_regex(v_pattern);
      raise 'it took %', v_pattern;
    exception when sqlstate 'DT400' then
      assert position(v_pattern in sqlerrm) > 0, format('the message names the pattern: %s', sqlerrm);
    end;
  end loop;
end
$$;
