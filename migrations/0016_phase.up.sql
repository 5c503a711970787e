-- The functions that are dropped have no files any more.
-- squawk-ignore-file ban-drop-function
-- A phase is a declaration: what it needs, its gates in their order, what it promises and what must not happen.
set local role dot_owner;

drop function if exists dot.fn_phase0_check(jsonb, text, boolean, jsonb);
drop function if exists dot.fn_phase0_expected();
drop function if exists dot.fn_phase0_forbidden();
drop function if exists dot.fn_phase0_gate(boolean);
drop function if exists dot.fn_phase0_markdown(jsonb, text[]);
drop function if exists dot.fn_phase0_report();
drop function if exists dot.fn_phase0_residue();
drop function if exists dot.fn_phase0_schema_diff();
drop function if exists dot.fn_phase0_survey();
drop function if exists dot.fn_phase0_verify();
drop function if exists dot.fn_phase1_enable(text, boolean);
drop function if exists dot.fn_phase1_gate(text, boolean);
drop function if exists dot.fn_phase1_report();
drop function if exists dot.fn_phase1_steps();
drop function if exists dot.fn_phase1_survey();
drop function if exists dot.fn_phase1_verified(text);
drop function if exists dot.fn_phase1_verify();

create table dot.phase_registry (
  phase_code        text primary key check (phase_code ~ '^[0-9]{1,2}$'),
  title             text not null check (title <> ''),
  summary           text not null check (summary <> ''),
  turned_on_by      text[] not null default '{}',
  exercise_function text not null default '',
  needs             jsonb not null default '{}' check (jsonb_typeof(needs) = 'object'),
  facts             jsonb not null default '{}' check (jsonb_typeof(facts) = 'object'),
  steps             jsonb not null default '[]' check (jsonb_typeof(steps) = 'array'),
  checks            jsonb not null default '[]' check (jsonb_typeof(checks) = 'array'),
  forbidden         jsonb not null default '[]' check (jsonb_typeof(forbidden) = 'array'),
  residue           jsonb not null default '{}' check (jsonb_typeof(residue) = 'object'),
  report            jsonb not null default '[]' check (jsonb_typeof(report) = 'array'),
  status            text not null default 'active' check (status in ('active', 'retired'))
);
comment on table dot.phase_registry is
  'The phases in which the platform is turned on, from catalog/phases. needs {tables: {name: {column: type}}, functions: {name: arguments, "" for any}, views: [name], entries: {registry: [key]}}; facts {name: query of one value}: what a survey also tells. steps [{gate, turns_on, before: [{promise, query}], trial, turn}], in the order in which they are opened: before are queries of one row whose column kept must be true; trial(gate) does once what the gate turns on {works, answer}; turn(on, for_good) turns it on and off where that is more than its gate. turned_on_by: commands that do the same. exercise_function() goes through what is promised [{promise, kept, evidence}]; checks [{promise, query}] as before; forbidden [{item, query}] and residue {name: query} count what must not be. report [{title, text, rows, query, columns}]: sections, rows being a path into what the report is made from, or those of a query. Queries run read-only; they are those of the catalogue, and dot audit verify names a row that was edited.';
reset role;
