-- What open streams have to say, written in the transaction that did it. Kept for a while, so that a client that comes back
-- misses nothing.
create table live_event (
    event_id   bigint      generated always as identity primary key,
    seq        bigint      unique,
    topic      uuid        not null,
    kind       text        not null check (kind in ('SEATS', 'CLOSED', 'CHECKED_OUT', 'HIJACK_WARNED', 'HIJACK_WITHDRAWN',
                                                    'HIJACKED', 'HANDED_BACK')),
    places     integer[]   check ((places is not null) = (kind = 'SEATS')),
    created_at timestamptz not null default clock_timestamp()
);

create index live_event_unsequenced_idx on live_event (event_id) where seq is null;
create index live_event_topic_idx on live_event (topic, seq) where seq is not null;

comment on column live_event.seq is 'The order in which it could be seen; given after commit. Ids are drawn before commit, and not in its order.';
comment on column live_event.topic is 'The performance or the cart that it is about.';
comment on column live_event.places is 'SEATS: which places may show another state now; which state is looked up when it is told.';

-- How far the numbering is, and up to where events have been forgotten. One row; its lock is the numbering's.
create table live_position (
    only_one  boolean primary key default true check (only_one),
    last_seq  bigint  not null default 0,
    forgotten bigint  not null default 0
) with (fillfactor = 50);

insert into live_position default values;
