drop table dot.break_glass;
