-- Nothing ever made a request one for a test.
alter table request drop column is_test;
