-- Money that the provider speaks of and that no order of ours stands for is a matter for people too, once per word of it.
alter table case_file add column fact_id bigint unique references payment_fact;

comment on column case_file.fact_id is 'What the provider said that nobody could act on.';

-- Staff may give up carrying a change out. What is left of it is theirs, and another change can begin.
alter table performance_change drop constraint performance_change_state_check;
alter table performance_change add constraint performance_change_state_check check (state in ('RUNNING', 'DONE', 'STOPPED'));

-- What staff have let off the price of an order's items. It lies on all of them in proportion.
alter table orders add column discount bigint not null default 0 check (discount >= 0);

-- Fees of orders on account that are still to be paid.
create index orders_fee_owed_idx on orders (order_id)
    where state in ('CANCELLED', 'REFUNDED') and payment_method = 'INVOICE' and payment_status in ('UNPAID', 'PART_PAID')
      and total > 0;
