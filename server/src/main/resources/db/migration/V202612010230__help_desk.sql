-- What the company's help desk is told of a case, in order. A case's message in the outbox says that there is something to tell.
create table help_desk_entry (
    entry_id    uuid        primary key default uuidv7(),
    case_number text        not null references case_file,
    event       text        not null check (event in ('OPENED', 'MESSAGE', 'ENDED', 'REOPENED')),
    state       text        not null,
    author      text,
    message_id  uuid        references case_message,
    at          timestamptz not null default clock_timestamp(),
    tries       integer     not null default 0,
    ended_at    timestamptz,
    remote_id   text,
    remote_user text,
    check ((event = 'MESSAGE') = (message_id is not null))
);

create unique index help_desk_entry_opened_idx on help_desk_entry (case_number) where event = 'OPENED';
create index help_desk_entry_case_idx on help_desk_entry (case_number, at, entry_id);

comment on column help_desk_entry.state is 'The case''s, after what happened.';
comment on column help_desk_entry.tries is 'Counted before each try: what was tried may have arrived though no answer came.';
comment on column help_desk_entry.ended_at is 'When the help desk had it, or staff decided that it need not have it.';
comment on column help_desk_entry.remote_id is 'What the help desk calls it, so that it is known when it comes back.';
comment on column help_desk_entry.remote_user is 'Who wrote it, in the help desk''s eyes: us.';

create index case_file_ticket_idx on case_file (help_desk, ticket_id) where ticket_id is not null;
