-- A time during which a service that checkout needs could not be reached.
create table incident (
    incident_id uuid        primary key default uuidv7(),
    upstream    text        not null,
    began_at    timestamptz not null default clock_timestamp(),
    back_at     timestamptz
);

create unique index incident_present_idx on incident (upstream) where back_at is null;
create index incident_paging_idx on incident (began_at, incident_id);

-- What people need to decide: who looks after a case, what speaks for looking closely, and what was decided.
alter table case_file
    add column version         bigint not null default 1,
    add column customer_id     uuid   references customer,
    add column attention       text   not null default 'ROUTINE' check (attention in ('ROUTINE', 'CONSPICUOUS')),
    add column findings        jsonb  not null default '[]',
    add column assignee        text,
    add column limit_then      bigint,
    add column exposure_then   bigint,
    add column requested_limit bigint check (requested_limit between 0 and 1000000000000),
    add column incident_id     uuid   references incident,
    add column decided_by      text,
    add column decision_reason text,
    add column help_desk       text,
    add column ticket_id       text,
    add column ticket_number   text,
    add column ticket_url      text;

comment on column case_file.findings is 'The rules that make it conspicuous: [{rule, found, threshold}].';
comment on column case_file.limit_then is 'What the customer could owe when the case was opened.';
comment on column case_file.exposure_then is 'What the customer owed when the case was opened, without this order.';
comment on column case_file.ticket_id is 'The help desk''s name for its ticket, by which programs find it.';

update case_file set customer_id = orders.customer_id from orders where orders.order_id = case_file.order_id;

create unique index case_file_limit_request_idx on case_file (customer_id)
    where kind = 'LIMIT_REQUEST' and state in ('OPEN', 'WAITING_FOR_CUSTOMER');
create unique index case_file_books_idx on case_file (customer_id)
    where kind = 'TECHNICAL' and order_id is null and state in ('OPEN', 'WAITING_FOR_CUSTOMER');
create index case_file_customer_idx on case_file (customer_id, created_at);
create index case_file_incident_idx on case_file (incident_id) where incident_id is not null;
create index case_file_assignee_idx on case_file (assignee, created_at)
    where assignee is not null and state in ('OPEN', 'WAITING_FOR_CUSTOMER');

-- What was said about a case.
create table case_message (
    message_id  uuid        primary key default uuidv7(),
    case_number text        not null references case_file,
    kind        text        not null check (kind in ('COMMENT', 'QUESTION', 'ANSWER', 'HELP_DESK')),
    author      text,
    text        text        not null,
    at          timestamptz not null default clock_timestamp(),
    token_hash  bytea       unique,
    source      text        unique
);

create index case_message_case_idx on case_message (case_number, at, message_id);

comment on column case_message.token_hash is 'Of a question: the hash of the secret that its answer may come with.';
comment on column case_message.source is 'Of what came from outside: its name there, so that it is kept once.';

-- Where customers answer questions about their cases.
alter table shop add column case_page_url text;
