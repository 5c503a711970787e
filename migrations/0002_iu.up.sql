-- Information units: documents and their cuts, units with versions and three axes, lineage, collections, search;
-- the outbox and the consumers that a finished cut is delivered to; and the review decisions that splits and merges need.
set local role dot_owner;

-- Events and their consumers.

create table dot.event_outbox (
  event_id       bigint generated always as identity primary key,
  event_type     text not null check (event_type ~ '^[a-z0-9_]+(\.[a-z0-9_]+)+$'),
  subject        text,
  payload        jsonb not null,
  xid            xid8 not null default pg_current_xact_id(),
  run_id         uuid,
  trace_id       text,
  correlation_id text,
  emitted_at     timestamptz not null default clock_timestamp()
);
comment on table dot.event_outbox is 'Events, append-only, written by fn_event_emit in the transaction of what they tell. event_id is not commit order.';
create index event_outbox_xid on dot.event_outbox (xid);
create index event_outbox_type on dot.event_outbox (event_type, event_id);

create table dot.consumer_registry (
  consumer_code text primary key check (consumer_code ~ '^[a-z0-9_]+(\.[a-z0-9_]+)*$'),
  event_types   text[] not null check (cardinality(event_types) > 0),
  function_name text not null check (function_name ~ '^fn_[a-z0-9_]+$'),
  gate          text,
  status        text not null default 'active' check (status in ('active', 'paused', 'retired')),
  summary       text not null,
  owner         text not null,
  registered_at timestamptz not null default clock_timestamp(),
  run_id        uuid
);
comment on table dot.consumer_registry is 'Who is called with which events: dot.<function_name>(p_event_ids bigint[]), while status is active and the gate is open.';

create table dot.consumer_delivery (
  consumer_code   text not null,
  event_id        bigint not null,
  state           text not null check (state in ('delivered', 'failed')),
  attempts        int not null default 1 check (attempts > 0),
  error           jsonb,
  next_attempt_at timestamptz,
  updated_at      timestamptz not null default clock_timestamp(),
  primary key (consumer_code, event_id),
  check ((state = 'failed') = (error is not null)),
  check ((state = 'failed') = (next_attempt_at is not null))
);
comment on table dot.consumer_delivery is 'What became of each event at each consumer. A failed row waits for dot consumer retry.';
create index consumer_delivery_failed on dot.consumer_delivery (next_attempt_at) where state = 'failed';

-- Documents. What an import writes thousands of times at once, here and below, is written by the cut functions only and
-- never deleted. A foreign key would check each row by itself and nearly double the time of an import; so most of these
-- references are left to iu health, which looks for rows without their parent.

create table dot.iu_document (
  document_id        uuid primary key,
  name               text not null unique check (name <> '' and octet_length(name) <= 1024),
  current_version_id uuid,
  created_at         timestamptz not null,
  run_id             uuid
);
comment on table dot.iu_document is 'A document by its stable name. current_version_id is the version whose cut completed last, null before the first.';

create table dot.iu_document_version (
  document_version_id uuid primary key,
  document_id         uuid not null references dot.iu_document,
  version_no          int not null check (version_no > 0),
  digest              text not null check (digest ~ '^[0-9a-f]{64}$'),
  bytes               int not null check (bytes > 0),
  base_version_id     uuid,
  created_at          timestamptz not null,
  run_id              uuid,
  unique (document_id, version_no)
);
comment on table dot.iu_document_version is
  'One content of a document: digest is the sha-256 (hex) of its bytes, which are the bodies of its pieces in order. base_version_id was current when it was imported.';
alter table dot.iu_document add foreign key (current_version_id) references dot.iu_document_version;

create table dot.iu_staged_document (
  document_version_id uuid primary key,
  body                text not null,
  marks               jsonb not null
);
alter table dot.iu_staged_document alter column body set storage external, alter column marks set storage external;
comment on table dot.iu_staged_document is 'The text of an imported document with its marks, until CLEANUP has seen that the pieces hold all of it.';

create table dot.cut_request (
  cut_request_id      uuid primary key,
  document_version_id uuid not null unique,
  state               text not null default 'staged'
    check (state in ('staged', 'marked', 'approved', 'cut', 'verified', 'completed', 'failed', 'cancelled')),
  pieces              int not null check (pieces > 0),
  report              jsonb not null default '{}',
  run_id              uuid,
  requested_by        text not null,
  requested_at        timestamptz not null,
  updated_at          timestamptz not null
) with (fillfactor = 20);
comment on table dot.cut_request is
  'One cut of one document version: staged, marked, approved, cut, verified, completed; failed when VERIFY finds other bytes, cancelled when given up before CUT. report counts added, changed, moved, removed, unchanged.';

create table dot.cut_request_transition (
  transition_id  bigint generated always as identity primary key,
  cut_request_id uuid not null,
  from_state     text,
  to_state       text not null,
  actor          text not null,
  run_id         uuid,
  trace_id       text,
  moved_at       timestamptz not null default clock_timestamp()
);
comment on table dot.cut_request_transition is 'Every move of every cut request, written by the trigger that judges the move.';
create index on dot.cut_request_transition (cut_request_id, transition_id);

create table dot.iu_staging_record (
  cut_request_id uuid not null,
  ordinal        int not null,
  piece_kind     text not null check (piece_kind in ('front_matter', 'preamble', 'section')),
  level          smallint not null ,
  title          text,
  path           text not null,
  span_start     int not null,
  span_bytes     int not null,
  line_start     int not null,
  line_end       int not null,
  digest         text not null,
  unit_id        uuid not null,
  version_id     uuid not null,
  change         text not null default 'added' check (change in ('added', 'changed', 'moved', 'unchanged', 'kept')),
  primary key (cut_request_id, ordinal)
);
comment on table dot.iu_staging_record is
  'The pieces that MARK found: place in the document, path in the heading tree, and which unit and version each becomes. kept: the section lives on in the pieces it was split or merged into.';

-- Units.

create table dot.information_unit (
  unit_id         uuid primary key,
  document_id     uuid not null,
  unit_kind       text not null check (unit_kind in ('front_matter', 'preamble', 'section', 'part', 'merged')),
  lifecycle_state text not null default 'active' check (lifecycle_state in ('active', 'superseded', 'retired')),
  created_at      timestamptz not null,
  run_id          uuid
);
comment on table dot.information_unit is
  'A brick of knowledge with a stable id. superseded: split or merged into others; retired: no longer in its document. Never deleted.';

create table dot.iu_version (
  version_id          uuid primary key,
  unit_id             uuid not null,
  version_no          int not null check (version_no > 0),
  document_version_id uuid not null,
  title               text,
  level               smallint not null,
  body                text not null,
  bytes               int not null check (bytes > 0),
  digest              text not null,
  created_at          timestamptz not null,
  run_id              uuid,
  unique (unit_id, version_no)
);
-- Bodies are mostly small; compressing the larger ones would cost more than the rest of an import.
alter table dot.iu_version alter column body set storage external;
comment on table dot.iu_version is
  'What a unit says, version by version, append-only. body is exactly the bytes of its span in the document version that made it; digest is their sha-256 (hex).';

create table dot.iu_tree_path (
  document_version_id uuid not null,
  unit_id             uuid not null,
  version_id          uuid not null,
  span_start          int not null,
  span_bytes          int not null check (span_bytes > 0),
  line_start          int not null,
  line_end            int not null,
  path                text not null,
  depth               smallint not null,
  active              boolean not null default true,
  block               jsonb,
  primary key (document_version_id, unit_id)
);
comment on table dot.iu_tree_path is
  'Which unit versions make up a document version, and where. The active rows of a document version tile its bytes without gap. block is set where pieces and sections no longer correspond one to one: {start, bytes, digest, path, sections} of the run of whole sections around the piece.';
create unique index iu_tree_path_place on dot.iu_tree_path (document_version_id, span_start) where active;

create table dot.iu_three_axis_envelope (
  version_id          uuid primary key,
  document_id         uuid not null,
  document_version_id uuid not null,
  span_start          int not null,
  span_bytes          int not null,
  line_start          int not null,
  line_end            int not null,
  digest              text not null,
  tags                text[] not null,
  classification      text[] not null,
  path                text not null,
  parent_unit_id      uuid,
  ordinal             int not null,
  depth               smallint not null,
  materialized_at     timestamptz not null,
  run_id              uuid
);
comment on table dot.iu_three_axis_envelope is
  'The three axes of a unit version. A, source: document_id to digest. B, domain: tags and classification. C, tree: path, parent, ordinal among its siblings, depth.';

create table dot.iu_search_index (
  version_id uuid primary key references dot.iu_version,
  words      tsvector not null
);
comment on table dot.iu_search_index is 'The words of unit versions. Versions not yet in here are searched without an index, so a search is always complete.';
create index iu_search_index_words on dot.iu_search_index using gin (words);

create table dot.iu_lifecycle_log (
  log_id     bigint generated always as identity primary key,
  unit_id    uuid not null references dot.information_unit,
  from_state text not null,
  to_state   text not null,
  reason     text not null,
  actor      text not null,
  run_id     uuid,
  moved_at   timestamptz not null
);
comment on table dot.iu_lifecycle_log is 'Every change of a unit''s lifecycle state after its birth.';
create index on dot.iu_lifecycle_log (unit_id, log_id);

-- Review decisions.

create table dot.review_decision (
  decision_no          bigint generated always as identity unique,
  review_decision_id   uuid primary key,
  review_kind          text not null check (review_kind in ('iu_split', 'iu_merge', 'iu_revert')),
  proposal_id          uuid,
  approval_id          uuid,
  operation            jsonb not null,
  operation_digest     text not null,
  revision             int not null default 1,
  reviewer_id          text not null,
  reviewer_kind        text not null,
  reviewer_principal   text,
  reviewer_verified    boolean not null,
  reviewer_login       text not null default session_user,
  verdict              text not null check (verdict in ('approved', 'rejected', 'needs_revision')),
  decision_rationale   text not null check (decision_rationale <> ''),
  evidence_refs_jsonb  jsonb not null default '[]',
  decided_at           timestamptz not null,
  run_id               uuid,
  trace_id             text
);
comment on table dot.review_decision is
  'What a reviewer decided on one exact operation, append-only; a later row on the same operation replaces the earlier. operation_digest is the sha-256 (hex) of operation as text.';
create index on dot.review_decision (operation_digest, decision_no desc);

create table dot.review_decision_use (
  review_decision_id uuid primary key references dot.review_decision,
  result             jsonb not null,
  run_id             uuid,
  used_at            timestamptz not null
);
comment on table dot.review_decision_use is 'Decisions that were carried out: each once. result names the units before and after.';

create table dot.iu_relation (
  relation_id        bigint generated always as identity primary key,
  from_unit_id       uuid not null references dot.information_unit,
  to_unit_id         uuid not null references dot.information_unit,
  relation_kind      text not null check (relation_kind in ('split_into', 'merged_into', 'reverted_to', 'replaced_by')),
  review_decision_id uuid references dot.review_decision,
  run_id             uuid,
  created_at         timestamptz not null
);
comment on table dot.iu_relation is 'Lineage between units. replaced_by comes from a new import of the document; the others carry their review decision.';
create index on dot.iu_relation (from_unit_id);
create index on dot.iu_relation (to_unit_id);

-- What people say about units and make of them.

create table dot.iu_metadata_tag_registry (
  tag_code      text primary key check (tag_code ~ '^[a-z0-9]+([-.][a-z0-9]+)*$'),
  facet         text not null check (facet in ('domain', 'classification', 'audience')),
  title         text not null,
  summary       text not null,
  status        text not null default 'active' check (status in ('active', 'deprecated', 'archived')),
  registered_at timestamptz not null default clock_timestamp()
);
comment on table dot.iu_metadata_tag_registry is 'The tags that exist, from catalog/tags. A deprecated tag stays on its units and is not given anew.';

create table dot.iu_metadata_tag (
  unit_id   uuid not null references dot.information_unit,
  tag_code  text not null references dot.iu_metadata_tag_registry,
  tagged_by text not null,
  run_id    uuid,
  tagged_at timestamptz not null,
  primary key (unit_id, tag_code)
);
comment on table dot.iu_metadata_tag is 'Axis B: the tags of a unit.';
create index on dot.iu_metadata_tag (tag_code);

create table dot.iu_sql_link (
  link_id    uuid primary key,
  unit_id    uuid not null references dot.information_unit,
  version_id uuid references dot.iu_version,
  link_kind  text not null check (link_kind in ('table', 'column', 'function', 'command', 'step', 'task', 'form', 'output', 'row')),
  target     text not null check (target <> ''),
  note       text,
  linked_by  text not null,
  run_id     uuid,
  linked_at  timestamptz not null,
  unique (unit_id, link_kind, target)
);
comment on table dot.iu_sql_link is 'Which object of the platform a unit rules or explains. version_id pins the link to one version; null follows the unit.';
create index on dot.iu_sql_link (link_kind, target);

create table dot.iu_collection_template (
  template_code text primary key check (template_code ~ '^[a-z0-9]+(-[a-z0-9]+)*$'),
  title         text not null,
  summary       text not null,
  selectors     jsonb not null check (jsonb_typeof(selectors) = 'array'),
  status        text not null default 'active' check (status in ('active', 'deprecated', 'archived')),
  registered_at timestamptz not null default clock_timestamp()
);
comment on table dot.iu_collection_template is
  'How a collection is composed, from catalog/templates: selectors [{document?, path?, subtree?, tag?}] in order, where "$document" stands for the caller''s document.';

create table dot.iu_piece_collection (
  collection_id   uuid primary key,
  collection_code text not null unique check (collection_code ~ '^[a-z0-9]+(-[a-z0-9]+)*$'),
  title           text not null,
  template_code   text references dot.iu_collection_template,
  revision        int not null default 1,
  created_by      text not null,
  run_id          uuid,
  created_at      timestamptz not null,
  updated_at      timestamptz not null
);
comment on table dot.iu_piece_collection is 'A named sequence of units, rendered into one document.';

create table dot.iu_piece_membership (
  collection_id uuid not null references dot.iu_piece_collection on delete cascade,
  ordinal       int not null check (ordinal > 0),
  unit_id       uuid not null references dot.information_unit,
  version_id    uuid not null references dot.iu_version,
  pinned        boolean not null default false,
  primary key (collection_id, ordinal)
);
comment on table dot.iu_piece_membership is 'The units of a collection in order. version_id is what was current when composed; a pinned member renders that version, another follows its unit.';
create index on dot.iu_piece_membership (unit_id);

create table dot.iu_vector_sync_point (
  version_id  uuid not null references dot.iu_version,
  store       text not null,
  external_id text,
  handed_at   timestamptz not null,
  run_id      uuid,
  primary key (version_id, store)
);
comment on table dot.iu_vector_sync_point is 'Which unit version was handed to which vector store. The boundary only: no vectors are kept here.';

create table dot.iu_core_retention_policy (
  policy_code   text primary key,
  applies_to    text not null check (applies_to in ('iu_version', 'iu_staging_record', 'event_outbox')),
  keep_versions int check (keep_versions > 0),
  keep_for      interval,
  status        text not null default 'draft' check (status in ('draft', 'active', 'archived')),
  created_at    timestamptz not null default clock_timestamp(),
  check (keep_versions is not null or keep_for is not null)
);
comment on table dot.iu_core_retention_policy is 'How long what is kept. Nothing is removed without an active policy.';

create table dot.registry_catalog (
  registry_code text primary key,
  table_name    text not null,
  key_column    text,
  columns       jsonb not null check (jsonb_typeof(columns) = 'object'),
  phase         text not null check (phase in ('live', 'candidate')),
  -- Entries may be proposed (proposal kind registry_entry); the others come from catalog/ and from commands only.
  open          boolean not null default false,
  -- What the table's column status says of an archived entry; null where it has none.
  archived_word text,
  summary       text not null
);
comment on table dot.registry_catalog is
  'The registries of the platform, from catalog/registries, as they are expected to be: columns is {name: type}; key_column is null where the key has several columns. candidate: planned, may be absent.';
reset role;
