-- An entry is looked up by the keys that a person is known by; an account's key is its id.
create index blacklist_entry_person_idx on blacklist_entry (uuid_send(customer_id)) where lifted_at is null;

drop index blacklist_entry_customer_idx;
