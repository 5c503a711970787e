-- A number that was drawn stays drawn.
select 1;
