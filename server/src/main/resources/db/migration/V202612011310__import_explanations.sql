-- Rows that became no account are explained one by one, or with a list that somebody signs.
alter table customer_import_row
    add column explanation  text,
    add column explained_by text,
    add column explained_at timestamptz,
    add constraint customer_import_row_explained_check
        check (num_nulls(explanation, explained_by, explained_at) in (0, 3));

drop index customer_import_row_open_idx;
create index customer_import_row_exception_idx on customer_import_row (import_id, row_no) where outcome in ('CONFLICT', 'REJECTED');

comment on column customer_import.unexplained is
    'Rows of an applied import that became no account and are neither explained nor signed for.';

-- A former shop moves customers to another address too.
drop function if exists move_to_address(account_link, bytea);
