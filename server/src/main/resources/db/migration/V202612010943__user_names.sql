-- User names are found by their canonical form, which has an index of its own.
drop index customer_user_name_sought_idx;
