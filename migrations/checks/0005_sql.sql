select 'row images have one table' as name, to_regclass('dot.sql_row_image') is not null as ok;
