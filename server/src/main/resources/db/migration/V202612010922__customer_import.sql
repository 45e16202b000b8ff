-- Files of former shops' customers, and what becomes of each row.
create table customer_import (
    import_id   uuid        primary key default uuidv7(),
    source      text        not null,
    apply       boolean     not null,
    exported_at timestamptz not null,
    language    text        not null check (language in ('de', 'en')),
    shop_id     text        not null references shop,
    state       text        not null default 'UPLOADING' check (
        state in ('UPLOADING', 'CHECKING', 'CHECKED', 'APPLYING', 'APPLIED', 'CANCELLED', 'FAILED')),
    step        text        not null default 'STAGE' check (step in ('STAGE', 'SUPERSEDE', 'COMPARE', 'APPLY', 'FORGET', 'DONE')),
    reached     bigint      not null default 0,
    row_count   bigint      not null default 0,
    counts      jsonb       not null default '[]',
    unexplained bigint      not null default 0,
    version     bigint      not null default 1,
    started_by  text        not null,
    started_at  timestamptz not null default clock_timestamp(),
    step_at     timestamptz not null default clock_timestamp(),
    worked_at   timestamptz not null default clock_timestamp(),
    ended_at    timestamptz
);

create index customer_import_started_idx on customer_import (started_at, import_id);
create index customer_import_work_idx on customer_import (worked_at) where step <> 'DONE';

comment on column customer_import.reached is 'Rows up to here are through the step.';
comment on column customer_import.unexplained is 'Rows of an applied import that became no account and were not signed for.';

create table customer_import_row (
    import_id      uuid   not null references customer_import,
    row_no         bigint not null,
    source_id      text,
    canonical      text,
    user_canonical text,
    outcome        text   not null check (outcome in ('MIGRATED', 'NEEDS_CLAIM', 'MERGED', 'CONFLICT', 'REJECTED')),
    reason         text,
    column_name    text,
    facts          jsonb,
    cells          jsonb,
    customer_id    uuid,
    primary key (import_id, row_no)
);

create index customer_import_row_source_idx on customer_import_row (import_id, source_id, row_no);
create index customer_import_row_canonical_idx on customer_import_row (import_id, canonical);
create index customer_import_row_user_name_idx on customer_import_row (import_id, user_canonical) where user_canonical is not null;

comment on column customer_import_row.outcome is 'What the row will become; once its import is applied, what it has become.';
comment on column customer_import_row.facts is 'What the row says, read. Weak hashes are encrypted. Gone when there is nothing more to do with it.';
comment on column customer_import_row.cells is 'What the file says, without passwords. Kept of rows that became no account.';

-- The day on which customers of former shops can come.
create table cut_over (
    only_one  boolean     primary key default true check (only_one),
    opened_by text        not null,
    opened_at timestamptz not null default clock_timestamp()
);

-- Lists of exceptions that somebody has answered for.
create table cut_over_signature (
    signature_id uuid        primary key default uuidv7(),
    digest       text        not null,
    row_count    bigint      not null,
    note         text        not null,
    signed_by    text        not null,
    signed_at    timestamptz not null default clock_timestamp()
);

alter table customer_import_row add column signature_id uuid references cut_over_signature;

create index customer_import_row_open_idx on customer_import_row (import_id, row_no)
    where outcome in ('CONFLICT', 'REJECTED') and signature_id is null;
