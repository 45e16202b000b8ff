-- Heads of the audit are signed with keys of their own.
alter table signing_key drop constraint if exists signing_key_purpose_check;
alter table signing_key add constraint signing_key_purpose_check check (purpose ~ '^[a-z]+(-[a-z]+)*$');
