-- What a partner may sell: everything, or these events with all their performances and these performances. A new partner
-- has nothing.
alter table api_client add column allotted_all boolean not null default false;

create table api_client_allotment (
    client_id      text not null references api_client,
    event_id       uuid references event,
    performance_id uuid references performance,
    check (num_nonnulls(event_id, performance_id) = 1),
    unique nulls not distinct (client_id, event_id, performance_id)
);
