-- What would have been sent, while no mail server is set: for developers to read. Only the newest are kept.
create table mailbox_mail (
    mail_id   uuid        primary key,
    recipient text        not null,
    subject   text        not null,
    source    bytea       not null,
    at        timestamptz not null default clock_timestamp()
);

create index mailbox_mail_at_idx on mailbox_mail (at desc, mail_id desc);

comment on column mailbox_mail.mail_id is 'The outbox message''s, and so the same when it is sent again.';
