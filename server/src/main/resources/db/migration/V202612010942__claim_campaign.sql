-- Claim links for all who wait for one, at a pace.
create table claim_campaign (
    campaign_id uuid        primary key default uuidv7(),
    source      text,
    per_hour    integer     not null check (per_hour between 1 and 100000),
    state       text        not null default 'RUNNING' check (state in ('RUNNING', 'PAUSED', 'DONE', 'CANCELLED')),
    reached     uuid        not null default '00000000-0000-0000-0000-000000000000',
    paced_until timestamptz not null default clock_timestamp(),
    left_out    bigint      not null default 0,
    started_by  text        not null,
    started_at  timestamptz not null default clock_timestamp(),
    ended_at    timestamptz,
    check ((state in ('DONE', 'CANCELLED')) = (ended_at is not null))
);

create unique index claim_campaign_open_idx on claim_campaign ((true)) where state in ('RUNNING', 'PAUSED');
create index claim_campaign_started_idx on claim_campaign (started_at, campaign_id);

comment on column claim_campaign.source is 'Only accounts that came from this former shop.';
comment on column claim_campaign.reached is 'Accounts up to here, in the order of their ids, have had their turn.';
comment on column claim_campaign.paced_until is 'When the next mail may leave.';

-- Who was mailed. A link that was mailed is gone when its account is erased.
create table claim_campaign_mail (
    campaign_id uuid        not null references claim_campaign,
    customer_id uuid        not null references customer,
    link_id     uuid        not null,
    due_at      timestamptz not null,
    primary key (campaign_id, customer_id)
);

create index customer_to_claim_idx on customer (customer_id)
    where password_hash is null and sealed_hash is null and locked_at is null and merged_into is null and erased_at is null;
