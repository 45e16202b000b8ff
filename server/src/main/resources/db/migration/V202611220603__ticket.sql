-- What lets its bearer in. Made when the order is confirmed, one for each item.
create table ticket (
    ticket_id      uuid        primary key default uuidv7(),
    order_id       uuid        not null references orders,
    item_id        uuid        not null,
    performance_id uuid        not null references performance,
    place_no       integer     not null,
    issued_at      timestamptz not null default clock_timestamp(),
    revoked_at     timestamptz,
    revoked_reason text        check (revoked_reason in ('CANCELLED', 'REFUNDED', 'DISPUTED', 'REPLACED')),
    admitted_at    timestamptz,
    admitted_by    text,
    gate           text,
    changed        bigint      not null default 0,
    foreign key (order_id, item_id) references order_item,
    foreign key (performance_id, place_no) references place,
    check ((revoked_at is null) = (revoked_reason is null))
);

-- A place has one ticket that lets somebody in.
create unique index ticket_valid_idx on ticket (performance_id, place_no) where revoked_at is null;
create index ticket_order_idx on ticket (order_id);
create index ticket_performance_idx on ticket (performance_id, changed);

comment on column ticket.changed is 'The change that an offline gate must have seen to know this; from ticket_change_seq.';

create sequence ticket_change_seq;
