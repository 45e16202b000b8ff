-- Facts that nobody has acted on yet. A row comes with its fact in one statement and goes when the fact has been handled,
-- so that a crash in between loses no money.
create table payment_fact_due (
    fact_id bigint      primary key references payment_fact,
    due_at  timestamptz not null,
    tries   integer     not null default 0
);

create index payment_fact_due_idx on payment_fact_due (due_at);

comment on column payment_fact_due.due_at is 'When it is to be tried (again); pushed into the future by whoever tries.';
