-- Weak hashes of a former shop are wrapped one after the other, by one replica at a time.
create table hash_wrapping (
    only_one     boolean     primary key default true check (only_one),
    leased_until timestamptz not null default '-infinity',
    wrapped      bigint      not null default 0
);

insert into hash_wrapping default values;

-- How many in which minute, for the rate.
create table hash_wrapping_minute (
    minute  timestamptz primary key,
    wrapped bigint      not null
);

-- Hashes that cannot be decrypted or read are left as they are, for people.
create table sealed_hash_fault (
    customer_id uuid        primary key references customer on delete cascade,
    digest      bytea       not null,
    at          timestamptz not null default clock_timestamp()
);

comment on column sealed_hash_fault.digest is 'Of what could not be read: another hash of the same customer is tried.';

create index customer_sealed_idx on customer (customer_id) where sealed_hash is not null;

-- An account of a former shop that has become a part of another one here.
alter table legacy_customer add column joined_at timestamptz;

-- When the former shop's passwords stop working.
create table migration_end (
    only_one boolean     primary key default true check (only_one),
    ends_at  timestamptz,
    version  bigint      not null default 1
);

insert into migration_end default values;
