-- The newsletter: who said yes to what and when, the issues, and what became of each.

-- The words that people say yes to, as versions: a new one for those who come, the old ones as proof.
create table newsletter_wording (
    version    integer     primary key check (version > 0),
    text_de    text        not null check (length(text_de) between 1 and 2000),
    text_en    text        not null check (length(text_en) between 1 and 2000),
    created_at timestamptz not null default clock_timestamp(),
    created_by text
);

create trigger newsletter_wording_append_only before update or delete or truncate on newsletter_wording
    for each statement execute function refuse_change();

insert into newsletter_wording (version, text_de, text_en)
values (1,
        'Ja, ich möchte den Newsletter mit Spielplan und Angeboten per E-Mail erhalten. Das kann ich jederzeit widerrufen.',
        'Yes, I want to get the newsletter with the programme and offers by e-mail. I can withdraw this at any time.');

-- Facts, never changed: somebody asked for the newsletter, confirmed it from the mailbox, brought a consent along from a former
-- shop, or withdrew. What holds now is computed from them.
create table newsletter_consent (
    fact_id         bigint      generated always as identity primary key,
    customer_id     uuid        not null references customer,
    kind            text        not null check (kind in ('REQUESTED', 'CONFIRMED', 'IMPORTED', 'WITHDRAWN')),
    at              timestamptz not null default clock_timestamp(),
    noted_at        timestamptz not null default clock_timestamp(),
    source          text        not null
                    check (source in ('SHOP', 'ACCOUNT', 'MAIL', 'ONE_CLICK', 'STAFF', 'COMPLAINT', 'FORMER_SHOP', 'MERGE')),
    request_id      uuid,
    wording_version integer     references newsletter_wording,
    wording         text,
    email           text,
    from_address    text,
    note            text,
    noted_by        text,
    check ((kind in ('REQUESTED', 'CONFIRMED')) = (request_id is not null))
);

create index newsletter_consent_customer_idx on newsletter_consent (customer_id, at, fact_id);
create index newsletter_consent_given_idx on newsletter_consent (customer_id) where kind in ('CONFIRMED', 'IMPORTED');
create unique index newsletter_consent_request_idx on newsletter_consent (request_id, kind) where request_id is not null;
create unique index newsletter_consent_import_idx on newsletter_consent (customer_id, at) where kind = 'IMPORTED';

comment on column newsletter_consent.at is 'When it was said. Of IMPORTED: as the former shop has it.';
comment on column newsletter_consent.request_id is 'Ties a confirmation to what it confirms, and names the link that was mailed.';
comment on column newsletter_consent.wording is 'Of IMPORTED: the words, or their version, as the former shop calls them.';
comment on column newsletter_consent.from_address is 'The Internet address it came from; of IPv6 only the network.';
comment on column newsletter_consent.note is 'Of IMPORTED: which former shop and where in it. Of staff: why.';

-- Personal data can be taken out of facts, and nothing else can be done to them.
create function refuse_consent_change() returns trigger language plpgsql as $$
begin
    if (new.fact_id, new.customer_id, new.kind, new.at, new.noted_at, new.source) is distinct from
       (old.fact_id, old.customer_id, old.kind, old.at, old.noted_at, old.source)
       or new.request_id is distinct from old.request_id or new.wording_version is distinct from old.wording_version
       or new.wording is distinct from old.wording or new.noted_by is distinct from old.noted_by
       or new.email is not null and new.email is distinct from old.email
       or new.from_address is not null and new.from_address is distinct from old.from_address
       or new.note is not null and new.note is distinct from old.note then
        raise exception 'rows of % can be erased, not changed', tg_table_name;
    end if;
    return new;
end
$$;

create trigger newsletter_consent_erase_only before update on newsletter_consent
    for each row execute function refuse_consent_change();

create trigger newsletter_consent_keep before delete or truncate on newsletter_consent
    for each statement execute function refuse_change();

-- What is sent to all. Who gets it is found out while it is sent.
create table newsletter_issue (
    issue_id    uuid        primary key default uuidv7(),
    version     bigint      not null default 1,
    name        text        not null,
    contents    jsonb       not null,
    state       text        not null default 'DRAFT'
                check (state in ('DRAFT', 'SCHEDULED', 'SENDING', 'PAUSED', 'SENT', 'CANCELLED')),
    created_at  timestamptz not null default clock_timestamp(),
    created_by  text        not null,
    send_at     timestamptz,
    started_at  timestamptz,
    ended_at    timestamptz,
    judged_to   uuid        not null default '00000000-0000-0000-0000-000000000000',
    all_judged  boolean     not null default false,
    paced_until timestamptz,
    no_consent  bigint,
    check (state = 'DRAFT' or state = 'CANCELLED' or send_at is not null),
    check ((state in ('SENT', 'CANCELLED')) = (ended_at is not null))
);

create index newsletter_issue_created_idx on newsletter_issue (created_at, issue_id);
create index newsletter_issue_due_idx on newsletter_issue (send_at) where state in ('SCHEDULED', 'SENDING');

comment on column newsletter_issue.contents is 'By language: {"de": {"subject", "body"}, …}, the body in Markdown.';
comment on column newsletter_issue.judged_to is 'Customers up to here, in the order of their ids, have been looked at.';
comment on column newsletter_issue.paced_until is 'When the last mail that was posted for it may leave.';
comment on column newsletter_issue.no_consent is 'How many customers had never said yes when it ended.';

-- Who of those who have said yes was sent an issue, and who was left out and why. A row is made once, when somebody's turn comes.
create table newsletter_delivery (
    delivery_id uuid        primary key default uuidv7(),
    issue_id    uuid        not null references newsletter_issue,
    customer_id uuid        not null references customer,
    state       text        not null check (state in ('WAITING', 'SENT', 'LEFT_OUT')),
    reason      text        check (reason in ('CANNOT_LOG_IN', 'LOCKED', 'MERGED', 'ERASED', 'WITHDRAWN', 'ADDRESS_NOT_PROVEN',
                                              'BOUNCED', 'REFUSED', 'CANCELLED', 'DISMISSED')),
    email       text,
    canonical   text,
    decided_at  timestamptz not null default clock_timestamp(),
    bounce      text        check (bounce in ('HARD', 'SOFT', 'COMPLAINT')),
    unique (issue_id, customer_id),
    check ((state = 'LEFT_OUT') = (reason is not null))
);

create index newsletter_delivery_state_idx on newsletter_delivery (issue_id, state, reason);
create index newsletter_delivery_customer_idx on newsletter_delivery (customer_id);

comment on column newsletter_delivery.email is 'Where it was sent to. Looked up when it left, and not before.';

-- What mail servers and providers say about what was sent.
create table newsletter_bounce (
    bounce_id   bigint      generated always as identity primary key,
    event_key   text        not null unique,
    delivery_id uuid        references newsletter_delivery,
    kind        text        not null check (kind in ('HARD', 'SOFT', 'COMPLAINT')),
    status      text,
    at          timestamptz not null default clock_timestamp()
);

create index newsletter_bounce_delivery_idx on newsletter_bounce (delivery_id) where delivery_id is not null;
create index newsletter_bounce_unknown_idx on newsletter_bounce (bounce_id) where delivery_id is null;

comment on column newsletter_bounce.delivery_id is 'Null: it speaks of nothing that was sent from here. Few of those are kept.';
comment on column newsletter_bounce.status is 'As RFC 3463 has it, such as 5.1.1.';

-- Addresses that the newsletter is not sent to because they cannot be reached. Other mails still try.
create table newsletter_dead_address (
    canonical text        primary key,
    since     timestamptz not null default clock_timestamp(),
    status    text
);
