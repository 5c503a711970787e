-- What people say of how units belong together, each edge by an approved proposal.
set local role dot_owner;

create table dot.kg_edge (
  edge_id      bigint generated always as identity primary key,
  from_unit_id uuid not null references dot.information_unit,
  relation     text not null check (relation ~ '^[a-z][a-z0-9_]*$'),
  to_unit_id   uuid not null references dot.information_unit,
  proposal_id  uuid not null references dot.proposal,
  added_at     timestamptz not null,
  removed_by   uuid references dot.proposal,
  removed_at   timestamptz,
  constraint an_edge_joins_two_units check (from_unit_id <> to_unit_id),
  constraint what_is_removed_says_by_what check ((removed_by is null) = (removed_at is null))
);
comment on table dot.kg_edge is
  'The knowledge graph: from_unit_id stands in this relation to to_unit_id, as proposal_id says; until removed_by, if that is set. Append-only. Units that were superseded keep their edges; lineage tells their successors.';
create unique index kg_edge_live on dot.kg_edge (from_unit_id, relation, to_unit_id) where removed_at is null;
create index kg_edge_to on dot.kg_edge (to_unit_id) where removed_at is null;
reset role;
