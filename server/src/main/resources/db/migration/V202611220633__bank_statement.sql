-- Statements of the organiser's account, and the credits on them.
create table bank_statement (
    statement_id uuid        primary key,
    uploaded_by  text        not null,
    uploaded_at  timestamptz not null default clock_timestamp(),
    seen_before  integer     not null default 0,
    passed_over  integer     not null
);

create index bank_statement_latest_idx on bank_statement (uploaded_at, statement_id);

create table bank_line (
    line_id         uuid        primary key default uuidv7(),
    statement_id    uuid        not null references bank_statement,
    row_no          integer     not null,
    fingerprint     bytea       not null,
    ordinal         integer     not null,
    booked_on       date        not null,
    value_on        date        not null,
    amount          bigint      not null check (amount > 0),
    currency        text        not null,
    text            text        not null,
    payer           text        not null,
    payer_account   text        not null,
    order_numbers   bigint[]    not null,
    invoice_numbers text[]      not null,
    state           text        not null default 'OPEN' check (state in ('OPEN', 'BOOKED', 'DISMISSED')),
    ended_by        text,
    ended_at        timestamptz,
    reason          text,
    unique (fingerprint, ordinal),
    unique (statement_id, row_no),
    check ((state = 'OPEN') = (ended_at is null))
);

create index bank_line_open_idx on bank_line (statement_id, row_no) where state = 'OPEN';

comment on column bank_line.fingerprint is 'Hash of account, dates, amount and texts: the same in every statement that has the line.';
comment on column bank_line.ordinal is 'Tells lines apart that are alike in everything.';
comment on column bank_line.order_numbers is 'Numbers in the text that may be those of orders.';
