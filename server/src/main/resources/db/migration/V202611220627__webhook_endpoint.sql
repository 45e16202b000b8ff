-- Addresses that are told what happens.
create table webhook_endpoint (
    endpoint_id      uuid        primary key default uuidv7(),
    url              text        not null,
    description      text        not null,
    events           text[]      not null check (cardinality(events) > 0),
    client_id        text        references api_client,
    secret           bytea       not null,
    old_secret       bytea,
    old_secret_until timestamptz,
    active           boolean     not null default true,
    gone_at          timestamptz,
    failures         integer     not null default 0,
    failing_since    timestamptz,
    delivered_at     timestamptz,
    version          bigint      not null default 1,
    created_at       timestamptz not null default clock_timestamp(),
    check ((old_secret is null) = (old_secret_until is null)),
    check ((failures = 0) = (failing_since is null)),
    check (gone_at is null or not active)
);

-- Whether anybody wants to hear of something is asked in every checkout.
create index webhook_endpoint_events_idx on webhook_endpoint using gin (events) where active;

comment on column webhook_endpoint.client_id is 'The partner whose orders it is told of; null: of all orders.';
comment on column webhook_endpoint.secret is 'Encrypted with the installation''s key.';
comment on column webhook_endpoint.gone_at is 'When it answered 410 and was made inactive for it.';
comment on column webhook_endpoint.failures is 'Tries in a row that came to nothing.';
comment on column webhook_endpoint.delivered_at is 'When something last came through, to the minute.';
comment on column webhook_endpoint.version is 'Goes up with every change by staff.';
