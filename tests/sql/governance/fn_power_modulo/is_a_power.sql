do $$
begin
  perform test.equal(dot.fn_power_modulo(3, 5, 100), 43::numeric);
  perform test.equal(dot.fn_power_modulo(3, 0, 7), 1::numeric);
  perform test.equal(dot.fn_power_modulo(2, 2::numeric ^ 255 - 20, 2::numeric ^ 255 - 19), 1::numeric, 'Fermat');
end
$$;
