do $$
begin
  assert dot.fn_breakglass_excuses('dlq replay', 'high') is not null, 'what to do instead';
end
$$;
