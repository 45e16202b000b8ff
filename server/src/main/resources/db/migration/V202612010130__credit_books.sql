-- The contract names every cause, so nothing else may get in.
alter table credit_entry add constraint credit_entry_cause_check check (cause in (
    'INVOICE', 'RESERVATION', 'LINK', 'APPROVED', 'INCREASE', 'CHANGED', 'PAID', 'CANCELLED', 'EXPIRED', 'RETURNED',
    'HANDED_BACK', 'UNDER_REVIEW', 'BLOCKED'));

-- How far the round has come that compares all accounts with their entries and orders: one row, which is the lock of whoever
-- goes on with it.
create table credit_round (
    round_id      integer primary key check (round_id = 1),
    last_customer uuid
);

comment on column credit_round.last_customer is 'Null: the next look begins a new round.';

insert into credit_round (round_id) values (1);
