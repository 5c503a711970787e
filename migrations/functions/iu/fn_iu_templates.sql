create or replace function dot.fn_iu_templates()
returns table (template text, title text, selectors jsonb, status text, summary text)
language sql stable security definer set search_path = dot, pg_temp
as $$
  select t.template_code, t.title, t.selectors, t.status, t.summary from dot.iu_collection_template t order by t.template_code
$$;
comment on function dot.fn_iu_templates() is 'The registered collection templates.';
