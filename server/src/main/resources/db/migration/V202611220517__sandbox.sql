-- The stand-in for a payment provider keeps its own books, apart from the shop's.
create table sandbox_payment (
    payment_id       uuid        primary key,
    order_reference  text        not null,
    amount           bigint      not null,
    currency         text        not null,
    method           text        not null,
    return_url       text,
    notification_url text        not null,
    expires_at       timestamptz not null,
    state            text        not null default 'OPEN'
                     check (state in ('OPEN', 'PROCESSING', 'SUCCEEDED', 'FAILED', 'CANCELLED'))
);

create table sandbox_notification (
    event_id    text        primary key,
    payment_id  uuid        not null references sandbox_payment,
    type        text        not null,
    occurred_at timestamptz not null,
    due_at      timestamptz,
    tries       integer     not null default 0
);

create index sandbox_notification_due_idx on sandbox_notification (due_at) where due_at is not null;

comment on column sandbox_notification.due_at is 'When it is to be sent (again); null when it was taken or given up.';
