select 'no emergency lasts more than an hour' as name,
       not exists (select 1 from dot.break_glass where expires_at > opened_at + interval '1 hour') as ok;
