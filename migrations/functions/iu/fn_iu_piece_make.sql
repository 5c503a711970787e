create or replace function dot.fn_iu_piece_make(
  p_kind text, p_place jsonb, p_body text, p_title text, p_level smallint, p_block jsonb)
returns jsonb
language plpgsql volatile security definer set search_path = dot, pg_temp set standard_conforming_strings = on
as $$
declare
  v_unit    uuid := dot.fn_uuid_v7();
  v_version uuid := dot.fn_uuid_v7();
  v_bytes   int := octet_length(p_body);
  v_document_version uuid := (p_place ->> 'document_version')::uuid;
  v_run     uuid := dot.fn_run_current();
  v_now     timestamptz := dot.fn_clock_now();
  v_line    int := (p_place ->> 'line')::int;
  v_feeds   int := octet_length(p_body) - octet_length(replace(p_body, e'\n', ''));
begin
  insert into dot.information_unit (unit_id, document_id, unit_kind, created_at, run_id)
  select v_unit, d.document_id, p_kind, v_now, v_run from dot.iu_document_version d where d.document_version_id = v_document_version;
  insert into dot.iu_version (version_id, unit_id, version_no, document_version_id, title, level, body, bytes, digest, created_at, run_id)
  values (v_version, v_unit, 1, v_document_version, p_title, p_level, p_body, v_bytes,
          encode(sha256(convert_to(p_body, 'UTF8')), 'hex'), v_now, v_run);
  insert into dot.iu_tree_path (
    document_version_id, unit_id, version_id, span_start, span_bytes, line_start, line_end, path, depth, block)
  values (v_document_version, v_unit, v_version, (p_place ->> 'start')::int, v_bytes, v_line,
          v_line + v_feeds - (right(p_body, 1) = e'\n')::int, p_place ->> 'path', (p_place ->> 'depth')::smallint, p_block);
  insert into dot.iu_search_index (version_id, words) values (v_version, dot.fn_iu_words(p_title, p_body));
  return jsonb_build_object('unit', v_unit, 'version', v_version);
end
$$;
comment on function dot.fn_iu_piece_make(text, jsonb, text, text, smallint, jsonb) is
  'Makes one new unit with its first version at a place of a document version: p_place {document_version, start, line, path, depth}. Returns {unit, version}.';
create or replace trigger protect before update or delete on dot.iu_version for each row execute function dot.fn_history_protect();
create or replace trigger protect_truncate before truncate on dot.iu_version for each statement execute function dot.fn_history_protect();
alter table dot.iu_version enable always trigger protect, enable always trigger protect_truncate;
