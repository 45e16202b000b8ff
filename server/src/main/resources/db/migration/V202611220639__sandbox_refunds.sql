-- The stand-in for a payment provider gives money back, and lets the payer's bank take it.
alter table sandbox_payment
    add column refunds text not null default 'SUCCEED'
        check (refunds in ('SUCCEED', 'STAY_PENDING', 'FAIL', 'FAIL_LATE', 'BE_REFUSED')),
    add column refunded bigint not null default 0,
    add constraint sandbox_payment_refunded_check check (refunded between 0 and amount);

comment on column sandbox_payment.refunds is 'What becomes of refunds from now on, by choice of whoever tests.';

create table sandbox_refund (
    refund_id  uuid        primary key,
    payment_id uuid        not null references sandbox_payment,
    amount     bigint      not null check (amount > 0),
    answer     text        not null check (answer in ('PENDING', 'SUCCEEDED', 'FAILED')),
    state      text        not null check (state in ('PENDING', 'SUCCEEDED', 'FAILED')),
    created_at timestamptz not null default clock_timestamp()
);

create index sandbox_refund_payment_idx on sandbox_refund (payment_id, created_at);

comment on column sandbox_refund.answer is 'What the shop was told when it asked; asked again, it is told the same.';

create table sandbox_dispute (
    payment_id uuid primary key references sandbox_payment,
    state      text not null check (state in ('OPEN', 'WON', 'LOST'))
);

alter table sandbox_notification add column subject text, add column amount bigint;

comment on column sandbox_notification.subject is 'The refund or dispute that it is about; null when it is about the payment.';
