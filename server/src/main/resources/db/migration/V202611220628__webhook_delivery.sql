-- What endpoints are told, one row for each that wants to hear of it, and what became of it. It is sent by the outbox's
-- message that has its id for a key.
create table webhook_delivery (
    delivery_id  uuid        primary key default uuidv7(),
    endpoint_id  uuid        not null,
    event_type   text        not null,
    data         jsonb       not null,
    occurred_at  timestamptz not null default clock_timestamp(),
    tried_at     timestamptz,
    delivered_at timestamptz,
    status       integer,
    error        text
);

create index webhook_delivery_endpoint_idx on webhook_delivery (endpoint_id, occurred_at, delivery_id);
create index webhook_delivery_age_idx on webhook_delivery (occurred_at);

comment on table webhook_delivery is 'No foreign key: an endpoint that is being removed must not make a checkout fail.';
comment on column webhook_delivery.data is 'As it was when it happened. Says nothing about persons.';
