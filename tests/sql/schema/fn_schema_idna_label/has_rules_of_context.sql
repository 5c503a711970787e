do $$
declare
  v_text text;
begin
  foreach v_text in array array['bücher', 'l·l', '漢字・', 'ß', U&'\0628\200c\0628'] loop
    assert dot.fn_schema_idna_label(v_text), v_text;
  end loop;
  foreach v_text in array array['', 'Ü', '·', 'l·', '・', 'aa--b', '-é', '♥', U&'\0301a', U&'a\0301', U&'\0660\06f0', U&'a\200d'] loop
    assert not dot.fn_schema_idna_label(v_text), v_text;
  end loop;
end
$$;
