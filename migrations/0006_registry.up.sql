-- One lifecycle for the entries of every registry, and shape adapters for registries that are not as expected.
set local role dot_owner;

create table dot.registry_birth (
  registry_code text not null,
  entry_key     text not null,
  owner         text not null check (owner <> ''),
  purpose       text not null check (purpose <> ''),
  source        text not null check (source in ('catalog', 'command', 'proposal')),
  proposal_id   uuid,
  lifecycle     text not null default 'active' check (lifecycle in ('active', 'deprecated', 'archived')),
  reason        text,
  born_at       timestamptz not null,
  born_by       text not null,
  changed_at    timestamptz not null,
  run_id        uuid,
  primary key (registry_code, entry_key),
  constraint a_proposal_has_its_id check ((source = 'proposal') = (proposal_id is not null))
);
comment on table dot.registry_birth is
  'Where each entry of each registry comes from, who owns it and what for, and how far its life has come. Written by the birth gate only: no entry without a row here.';

create table dot.external_tool_registry (
  tool_code     text primary key check (tool_code ~ '^[a-z0-9]+([-.][a-z0-9]+)*$'),
  tool_kind     text not null check (tool_kind in ('tool', 'shape_adapter')),
  summary       text not null check (summary <> ''),
  owner         text not null check (owner <> ''),
  registry_code text,
  columns       jsonb not null default '{}' check (jsonb_typeof(columns) = 'object'),
  status        text not null default 'active' check (status in ('active', 'deprecated', 'archived')),
  registered_at timestamptz not null default clock_timestamp(),
  constraint an_adapter_has_its_registry check ((tool_kind = 'shape_adapter') = (registry_code is not null))
);
comment on table dot.external_tool_registry is
  'Tools outside the platform. A shape_adapter says for one registry which column of its table stands for an expected one: columns is {expected: found}. Entries come from approved proposals only.';
reset role;
