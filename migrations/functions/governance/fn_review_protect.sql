create or replace function dot.fn_review_protect() returns trigger
language plpgsql volatile security definer set search_path = dot, pg_temp
as $$
begin
  raise exception using errcode = 'DT409', message = 'a review decision cannot be changed or deleted',
    hint = 'Record a new decision on the same operation; the latest one counts.';
end
$$;
comment on function dot.fn_review_protect() is 'Keeps review decisions and their uses append-only. DT409.';
create or replace trigger protect before update or delete on dot.review_decision
  for each row execute function dot.fn_review_protect();
create or replace trigger protect_truncate before truncate on dot.review_decision
  for each statement execute function dot.fn_review_protect();
create or replace trigger protect before update or delete on dot.review_decision_use
  for each row execute function dot.fn_review_protect();
create or replace trigger protect_truncate before truncate on dot.review_decision_use
  for each statement execute function dot.fn_review_protect();
alter table dot.review_decision enable always trigger protect, enable always trigger protect_truncate;
alter table dot.review_decision_use enable always trigger protect, enable always trigger protect_truncate;
