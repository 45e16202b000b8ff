-- What command functions need of the server's settings, written down at every start.
create table setting (
    name  text  primary key,
    value jsonb not null
);
