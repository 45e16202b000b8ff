-- Staff accounts as admins see and change them.
alter table staff_account
    add column version         bigint      not null default 1,
    add column tokens_since    bigint      not null default 1,
    add column locked_at       timestamptz,
    add column password_set_at timestamptz not null default clock_timestamp();

create index staff_account_page_idx on staff_account (created_at, user_name);

comment on column staff_account.version is 'Goes up with every change by staff. Tokens carry what it was when they were made.';
comment on column staff_account.tokens_since is 'Tokens of earlier versions are worth nothing.';
