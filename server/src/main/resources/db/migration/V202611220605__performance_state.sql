-- What the organiser has changed about a performance after sales began.
alter table performance
    add column state text not null default 'SCHEDULED' check (state in ('SCHEDULED', 'POSTPONED', 'CANCELLED')),
    add column refund_until timestamptz;

comment on column performance.refund_until is 'A postponed one: until when its tickets are refunded on request.';

create table performance_change (
    change_id      uuid        primary key default uuidv7(),
    performance_id uuid        not null references performance,
    kind           text        not null check (kind in ('CANCELLATION', 'POSTPONEMENT')),
    starts_before  timestamptz not null,
    starts_after   timestamptz,
    refund_until   timestamptz,
    reason         text        not null default '',
    ordered_by     text        not null,
    state          text        not null default 'RUNNING' check (state in ('RUNNING', 'DONE')),
    counts         jsonb       not null default '{}',
    created_at     timestamptz not null default clock_timestamp(),
    ended_at       timestamptz,
    check ((kind = 'POSTPONEMENT') = (starts_after is not null))
);

create unique index performance_change_running_idx on performance_change (performance_id) where state = 'RUNNING';

comment on column performance_change.counts is 'What has been done so far: carts, orders, refunds, mails.';
