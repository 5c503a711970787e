-- Rows changed by hand, through dot sql exec.
set local role dot_owner;

create table dot.sql_row_image (
  run_id      uuid not null,
  image_no    bigint not null,
  relation    text not null,
  operation   text not null check (operation in ('insert', 'update', 'delete')),
  before      jsonb,
  after       jsonb,
  primary key (run_id, image_no),
  check ((operation = 'insert') = (before is null) and (operation = 'delete') = (after is null))
);
comment on table dot.sql_row_image is
  'The rows that dot sql exec changed, as they were and became, in the order of change; for dot run undo. At most sql.max_images a run.';
reset role;
