-- The order in which staff page through all cases, ended ones included.
create index case_file_created_at_idx on case_file (created_at, case_number);
