-- Halls as imported, and what is on sale in them.
create table seating_plan (
    seating_plan_id uuid        primary key default uuidv7(),
    name            text        not null,
    width           double precision,
    height          double precision,
    seat_count      integer     not null,
    imported_at     timestamptz not null default clock_timestamp()
);

create table plan_category (
    seating_plan_id uuid    not null references seating_plan,
    ordinal         integer not null,
    category        text    not null check (category ~ '^[a-z0-9][a-z0-9-]{0,59}$'),
    name            text    not null,
    color           text,
    primary key (seating_plan_id, category),
    unique (seating_plan_id, name)
);

create table plan_seat (
    seating_plan_id uuid             not null references seating_plan,
    place_no        integer          not null,
    seat_id         text             not null,
    category        text             not null,
    section         text             not null,
    row_label       text             not null,
    seat_number     text             not null,
    x               double precision not null,
    y               double precision not null,
    row_index       integer          not null,
    row_position    integer          not null,
    rank            integer          not null,
    primary key (seating_plan_id, place_no),
    unique (seating_plan_id, seat_id),
    foreign key (seating_plan_id, category) references plan_category
);

comment on column plan_seat.row_position is 'Neighbours differ by one; an aisle leaves a number out.';
comment on column plan_seat.rank is '0 is the best seat of the hall.';

create table event (
    event_id    uuid        primary key default uuidv7(),
    title       text        not null,
    description text        not null default '',
    version     bigint      not null default 1,
    created_at  timestamptz not null default clock_timestamp()
);

create table performance (
    performance_id  uuid        primary key default uuidv7(),
    event_id        uuid        not null references event,
    seating_plan_id uuid        references seating_plan,
    hall            text        not null,
    starts_at       timestamptz not null,
    time_zone       text        not null,
    sales_start     timestamptz not null,
    sales_end       timestamptz not null check (sales_end > sales_start),
    currency        text        not null check (currency ~ '^[A-Z]{3}$'),
    version         bigint      not null default 1,
    created_at      timestamptz not null default clock_timestamp(),
    check (sales_end <= starts_at + interval '1 day')
);

create index performance_event_idx on performance (event_id, starts_at);
create index performance_starts_at_idx on performance (starts_at, performance_id);

create table performance_category (
    performance_id uuid    not null references performance,
    ordinal        integer not null,
    category       text    not null check (category ~ '^[a-z0-9][a-z0-9-]{0,59}$'),
    name           text    not null,
    color          text,
    capacity       integer check (capacity between 1 and 100000),
    primary key (performance_id, category)
);

comment on column performance_category.capacity is 'Set for general admission; a seated category has the seats of the plan.';

create table price (
    performance_id uuid    not null,
    category       text    not null,
    ordinal        integer not null,
    price_type     text    not null check (price_type ~ '^[a-z0-9][a-z0-9-]{0,39}$'),
    name           text    not null,
    amount         bigint  not null check (amount between 0 and 1000000000000),
    primary key (performance_id, category, price_type),
    foreign key (performance_id, category) references performance_category
);

-- A seat, or one place of a general-admission category, in one performance, and who holds it until when. One row per
-- place: it cannot have two holders.
create table place (
    performance_id uuid             not null references performance,
    place_no       integer          not null,
    category       text             not null,
    seat_id        text,
    section        text,
    row_label      text,
    seat_number    text,
    x              double precision,
    y              double precision,
    row_index      integer,
    row_position   integer,
    rank           integer          not null,
    holder         uuid,
    held_until     timestamptz      not null default '-infinity',
    fence          bigint           not null default 0,
    primary key (performance_id, place_no),
    unique (performance_id, seat_id),
    foreign key (performance_id, category) references performance_category
) with (fillfactor = 80);

create index place_holder_idx on place (holder) where holder is not null;

comment on column place.holder is 'The cart or order that holds the place; stale once held_until has passed.';
comment on column place.held_until is 'Free from this instant on, swept or not. Infinity: sold.';
comment on column place.fence is 'Goes up with every change of holder.';
