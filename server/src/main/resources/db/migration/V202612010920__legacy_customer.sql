-- Which account a customer of a former shop has become. Several may have become one.
create table legacy_customer (
    source            text        not null,
    source_id         text        not null,
    customer_id       uuid        not null references customer,
    source_changed_at timestamptz,
    imported_at       timestamptz not null default clock_timestamp(),
    primary key (source, source_id)
);

create index legacy_customer_customer_idx on legacy_customer (customer_id);

comment on column legacy_customer.source is 'The former shop''s name, as the import gives it.';
comment on column legacy_customer.source_changed_at is 'When the former shop last changed it, as far as the import says.';
