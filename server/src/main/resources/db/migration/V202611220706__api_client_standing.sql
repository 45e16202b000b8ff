-- API clients as admins see and change them.
alter table api_client
    add column name             text,
    add column version          bigint  not null default 1,
    add column tokens_since     bigint  not null default 1,
    add column locked_at        timestamptz,
    add column old_secret_hash  bytea,
    add column old_secret_until timestamptz,
    add column secret_set_at    timestamptz not null default clock_timestamp(),
    add check ((old_secret_hash is null) = (old_secret_until is null));

update api_client set name = client_id;
alter table api_client alter column name set not null;

create index api_client_page_idx on api_client (created_at, client_id);

comment on column api_client.version is 'Goes up with every change by staff. Tokens carry what it was when they were made.';
comment on column api_client.tokens_since is 'Tokens of earlier versions are worth nothing.';
comment on column api_client.old_secret_hash is 'The secret before, which also works until then.';
