-- Staff accounts as admins see and change them.
alter table staff_account
    add column version         bigint      not null default 1,
    add column token_version   bigint      not null default 1,
    add column locked_at       timestamptz,
    add column password_set_at timestamptz not null default clock_timestamp();

create index staff_account_page_idx on staff_account (created_at, user_name);

comment on column staff_account.version is 'Goes up with every change by staff.';
comment on column staff_account.token_version is 'Tokens carry it; when it goes up, all that are out are worth nothing.';
