-- A shop front end and its rules. Every installation has one from the start.
create table shop (
    shop_id             text        primary key check (shop_id ~ '^[a-z0-9][a-z0-9-]{0,39}$'),
    name                text        not null,
    overview_url        text        not null,
    return_origins      text[]      not null default '{}',
    payment_methods     text[]      not null default '{CARD,PAYPAL,SEPA_DEBIT,INVOICE}',
    hold_seconds        integer     not null default 900 check (hold_seconds between 1 and 86400),
    extension_seconds   integer     not null default 900 check (extension_seconds between 0 and 86400),
    hold_cap_seconds    integer     not null default 2700 check (hold_cap_seconds >= hold_seconds),
    max_seats           integer     not null default 8 check (max_seats between 1 and 100),
    payment_seconds     integer     not null default 1800 check (payment_seconds between 60 and 86400),
    reservation_seconds integer     not null default 604800 check (reservation_seconds between 60 and 31536000),
    version             bigint      not null default 1
);

comment on column shop.overview_url is 'Where a silently redirected buyer lands. A constant: never built from a request.';
comment on column shop.hold_cap_seconds is 'No hold of a cart lasts longer than this from its first hold.';

insert into shop (shop_id, name, overview_url, return_origins)
values ('main', 'Abendkasse', 'http://localhost:8080/events', '{http://localhost:8080}');
