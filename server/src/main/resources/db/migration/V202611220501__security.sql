-- The key that signs access tokens; its private part is encrypted with the installation's key. Old ones still verify.
create table signing_key (
    key_id      text        primary key,
    public_key  text        not null,
    private_key bytea       not null,
    active      boolean     not null default true,
    created_at  timestamptz not null default clock_timestamp()
);

-- Replicas that start at once agree on one.
create unique index signing_key_active_idx on signing_key (active) where active;

create table staff_account (
    user_name     text        primary key check (user_name ~ '^[a-z0-9][a-z0-9._-]{0,63}$'),
    password_hash text        not null,
    scopes        text[]      not null check (scopes <@ '{admin,back-office,box-office,gate}'),
    created_at    timestamptz not null default clock_timestamp()
);

-- A program of a partner or of our own. Its secret has 256 random bits, so a plain hash will do.
create table api_client (
    client_id   text        primary key check (client_id ~ '^[a-z0-9][a-z0-9._-]{0,63}$'),
    secret_hash bytea       not null,
    scopes      text[]      not null check (scopes <@ '{partner,admin,back-office,box-office,gate}'),
    created_at  timestamptz not null default clock_timestamp()
);
