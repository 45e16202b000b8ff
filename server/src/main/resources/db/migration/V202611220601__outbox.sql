-- What must leave the system, written in the transaction that decided it: mail, what the payment provider is to be told,
-- webhooks. Sent at least once, by any replica.
create table outbox_message (
    message_id uuid        primary key default uuidv7(),
    kind       text        not null,
    key        text        not null,
    payload    jsonb       not null,
    state      text        not null default 'WAITING' check (state in ('WAITING', 'DONE', 'DEAD')),
    due_at     timestamptz not null default clock_timestamp(),
    tries      integer     not null default 0,
    fence      bigint      not null default 0,
    last_error text,
    created_at timestamptz not null default clock_timestamp(),
    ended_at   timestamptz,
    unique (kind, key),
    check ((state = 'WAITING') = (ended_at is null))
);

create index outbox_message_due_idx on outbox_message (kind, due_at) where state = 'WAITING';
create index outbox_message_dead_idx on outbox_message (created_at, message_id) where state = 'DEAD';
create index outbox_message_ended_idx on outbox_message (ended_at) where state = 'DONE';

comment on column outbox_message.key is 'Names the effect: what has been posted under it once is not posted again.';
comment on column outbox_message.due_at is 'When it is to be tried (again); pushed into the future by whoever tries.';
comment on column outbox_message.fence is 'Goes up with every try and every new posting; an older one must not say it is done.';

-- Cancels and facts that were waiting in their own tables go on in the outbox.
insert into outbox_message (kind, key, payload, due_at)
select 'PAYMENT_CANCEL', payment_id::text, jsonb_build_object('paymentId', payment_id), cancel_due_at
  from payment where cancel_due_at is not null;

insert into outbox_message (kind, key, payload, due_at)
select 'PAYMENT_FACT', fact_id::text, jsonb_build_object('factId', fact_id), due_at from payment_fact_due;

alter table payment drop column cancel_due_at, drop column cancel_tries;
drop table payment_fact_due;
