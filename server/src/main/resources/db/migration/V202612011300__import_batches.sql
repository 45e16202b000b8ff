-- The steps of an import are worked in batches, several at a time, by any replica. Rows that have become accounts are let go.
create table customer_import_batch (
    import_id uuid   not null references customer_import,
    step      text   not null check (step in ('SUPERSEDE', 'COMPARE', 'APPLY')),
    from_row  bigint not null,
    to_row    bigint not null check (to_row > from_row),
    counts    jsonb,
    primary key (import_id, step, from_row)
);

comment on column customer_import_batch.from_row is 'The last row before the batch.';
comment on column customer_import_batch.to_row is 'The last row of the batch.';
comment on column customer_import_batch.counts is 'Null until it is done; then how many of its rows became what, of those that are not kept.';

alter table customer_import drop constraint customer_import_step_check;
alter table customer_import add constraint customer_import_step_check
    check (step in ('STAGE', 'STAGED', 'SUPERSEDE', 'AGAIN', 'COMPARE', 'APPLY', 'FORGET', 'DONE'));

comment on column customer_import.step is 'STAGED and AGAIN wait for the first batch after an upload and after a dry run.';
comment on column customer_import.reached is 'Rows that are through the step.';

alter table customer_import_row drop column customer_id;

drop index customer_import_work_idx;
create index customer_import_work_idx on customer_import (started_at, import_id) where step <> 'DONE';
comment on column customer_import_row.outcome is 'What the row will become; of rows that became no account, what they have become.';

-- Customers are never deleted, so looking for each once more would only make a large import slower.
alter table legacy_customer drop constraint legacy_customer_customer_id_fkey;
alter table legacy_customer add constraint legacy_customer_customer_id_fkey
    foreign key (customer_id) references customer not enforced;

-- Functions that work for many customers at once have taken the place of these.
drop function if exists import_consent(uuid, timestamptz, text, text);
drop function if exists take_import_extras(customer_import, customer_import_row);
drop function if exists apply_import_rows(customer_import, bigint, bigint);
drop function if exists renew_imported_customer(customer_import, customer_import_row, uuid);
