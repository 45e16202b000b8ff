-- Changes are numbered when they are asked for, not when they are made: see number_changes.
alter table ticket
    alter column changed drop default,
    alter column changed drop not null,
    add column admission_id uuid;

update ticket set changed = null;

comment on column ticket.changed is 'The number of its latest change; null until somebody has asked for changes since.';
comment on column ticket.admission_id is 'The scan that let its bearer in; sent again, it is the same scan.';
