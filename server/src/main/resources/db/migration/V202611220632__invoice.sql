-- Invoices of orders on account, and what corrects them. Neither ever changes.
create sequence invoice_number_seq;

create table invoice (
    invoice_number text        primary key check (invoice_number ~ '^R-[0-9]{4}-[0-9]{6,9}$'),
    serial         bigint      not null unique,
    kind           text        not null check (kind in ('INVOICE', 'CREDIT_NOTE')),
    order_id       uuid        not null references orders,
    corrects       text        references invoice,
    cause          text        not null,
    issued_at      timestamptz not null,
    issued_on      date        not null,
    due_on         date,
    language       text        not null check (language in ('de', 'en')),
    amount         bigint      not null check (amount > 0),
    currency       text        not null,
    content        jsonb       not null,
    check ((kind = 'INVOICE') = (due_on is not null)),
    check ((kind = 'CREDIT_NOTE') = (corrects is not null))
);

create unique index invoice_cause_idx on invoice (order_id, cause);
create index invoice_due_idx on invoice (due_on, serial) where kind = 'INVOICE';

comment on column invoice.cause is 'What it was issued for: invoice, or what was given back; one thing is written once.';
comment on column invoice.amount is 'Gross, in minor units; on a credit note what it takes off.';
comment on column invoice.content is 'Seller, buyer, lines and taxes as they were then.';

create trigger invoice_append_only before update or delete or truncate on invoice
    for each statement execute function refuse_change();

create index orders_on_account_idx on orders (order_id)
    where state = 'CONFIRMED' and payment_method = 'INVOICE' and payment_status in ('UNPAID', 'PART_PAID');
