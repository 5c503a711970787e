drop table dot.sql_row_image;
