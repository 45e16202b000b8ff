-- Why a block was lifted, and the order in which staff page through the list.
alter table blacklist_entry add column lift_note text;

create index blacklist_entry_created_at_idx on blacklist_entry (created_at, entry_id);
