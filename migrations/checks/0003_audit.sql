-- The log can hold nothing before its first seal, and no column of a run is left out of what is sealed.
select 'the log is empty' as name,
       not exists (select 1 from dot.audit_leaf) and not exists (select 1 from dot.audit_checkpoint) as ok
union all
select 'every column of a run is sealed',
       (select array_agg(a.attname::text order by a.attname) from pg_attribute a
         where a.attrelid = 'dot.dot_command_run'::regclass and a.attnum > 0 and not a.attisdropped)
       = (select array_agg(distinct a.attname::text order by a.attname::text)
            from pg_rewrite w
            join pg_depend d on d.classid = 'pg_rewrite'::regclass and d.objid = w.oid and d.refobjid = 'dot.dot_command_run'::regclass and d.refobjsubid > 0
            join pg_attribute a on a.attrelid = d.refobjid and a.attnum = d.refobjsubid
           where w.ev_class = 'dot.v_audit_row'::regclass);
