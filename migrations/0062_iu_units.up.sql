-- Which units each version of a document has, and where, is kept and sealed with the runs that make it so: of those that are there,
-- as they are found.
set local role dot_owner;
insert into dot.dot_row_history (relation, row_key, run_id, image)
select 'iu_units', p.document_version_id, (select r.run_id from dot.dot_command_run r where r.state = 'started' and r.backend_pid = pg_backend_pid() order by r.run_id desc limit 1),
       jsonb_build_object('units', count(*), 'digest', encode(sha256(convert_to(string_agg(p.text, chr(10) order by p.text collate "C"), 'UTF8')), 'hex'))
  from (select t.document_version_id, jsonb_build_array(t.unit_id, t.version_id, t.path, t.depth, t.span_start, t.span_bytes, t.active, t.block, v.unit_id, v.version_no, v.title, v.level, v.digest)::text
          from dot.iu_tree_path t left join dot.iu_version v on v.version_id = t.version_id) p(document_version_id, text)
 group by p.document_version_id;
reset role;
