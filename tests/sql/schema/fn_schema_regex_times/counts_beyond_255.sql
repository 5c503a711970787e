do $$
declare
  v_case record;
  v_count int;
begin
  for v_case in select * from (values (0, 0), (0, 1), (1, 1), (3, 3), (0, 255), (255, 255), (256, 256), (0, 256), (300, 510), (2, 600), (511, 511), (765, 1021), (256, null), (0, null), (1, null), (2, null)) x(lo, hi) loop
    foreach v_count in array array[0, 1, 2, 3, 254, 255, 256, 257, 300, 509, 510, 511, 512, 598, 600, 601, 764, 765, 766, 1020, 1021, 1022] loop
      assert (repeat('x', v_count) ~ ('^' || dot.fn_schema_regex_times('x', v_case.lo, v_case.hi) || '$')) = (v_count >= v_case.lo and (v_case.hi is null or v_count <= v_case.hi)), format('%s to %s: %s', v_case.lo, v_case.hi, v_count);
    end loop;
  end loop;
end
$$;
