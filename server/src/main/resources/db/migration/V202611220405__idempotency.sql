-- What a command with an Idempotency-Key answered. The primary key settles two requests with one key.
create table idempotency_key (
    scope        text        not null,
    key          uuid        not null,
    request_hash bytea       not null,
    result       jsonb,
    locked_until timestamptz not null default '-infinity',
    created_at   timestamptz not null default clock_timestamp(),
    primary key (scope, key)
);

create index idempotency_key_created_at_idx on idempotency_key (created_at);

comment on column idempotency_key.scope is 'The operation and what guards it, so that one caller never gets the answer of another.';
comment on column idempotency_key.result is 'The outcome without secrets; null while the command still runs.';
comment on column idempotency_key.locked_until is 'Until when the first request has the command to itself; afterwards a repetition may finish it.';
