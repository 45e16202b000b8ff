-- What staff do with messages that could not leave, and the order in which they page through what waits.
alter table outbox_message
    add column dismissed_by text,
    add column dismissal_note text,
    drop constraint outbox_message_state_check,
    add constraint outbox_message_state_check check (state in ('WAITING', 'DONE', 'DEAD', 'DISMISSED')),
    add constraint outbox_message_dismissal_check check ((state = 'DISMISSED') = (dismissed_by is not null));

comment on column outbox_message.dismissal_note is 'Why it need not leave any more, in the words of whoever decided that.';

create index outbox_message_waiting_idx on outbox_message (created_at, message_id) where state = 'WAITING';

drop index outbox_message_ended_idx;
create index outbox_message_ended_idx on outbox_message (ended_at) where state in ('DONE', 'DISMISSED');
