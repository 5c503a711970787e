do $$
declare
  v_cut uuid;
  v_did text := '';
  v_is  text;
begin
  perform test.document();
  perform test.equal(dot.fn_cut_next(gen_random_uuid()), null::text);
  select cut_request_id into v_cut from dot.cut_request limit 1;
  perform test.equal(dot.fn_cut_next(v_cut), null::text, 'it has ended');
  alter table dot.cut_request disable trigger user;
  alter table dot.iu_document_version disable trigger user;
  update dot.iu_document_version v set base_version_id = d.current_version_id from dot.iu_document d
   where d.document_id = v.document_id and v.document_version_id = (select document_version_id from dot.cut_request where cut_request_id = v_cut);
  foreach v_is in array array['staged', 'marked', 'approved', 'cut', 'verified', 'failed'] loop
    update dot.cut_request set state = v_is where cut_request_id = v_cut;
    v_did := v_did || ' ' || split_part(dot.fn_cut_next(v_cut), ' ', 3);
    perform test.equal(dot.fn_cut_next(v_cut) like '%' || v_cut, true);
  end loop;
  perform test.equal(v_did, ' mark approve cut verify cleanup cancel');
  update dot.cut_request set state = 'marked', updated_at = dot.fn_clock_now() - interval '2 days' where cut_request_id = v_cut;
  perform test.equal((select cure from dot.fn_problems_surface() where signal = 'waiting_cuts'), format('dot iu approve %s --yes', v_cut));
  -- What it was made on is not the newest any more.
  update dot.iu_document_version set base_version_id = null where base_version_id is not null;
  perform test.equal(dot.fn_cut_next(v_cut), format('dot iu cancel %s', v_cut));
end
$$;
