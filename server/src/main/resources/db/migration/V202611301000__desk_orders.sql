-- Orders that clerks have: there are few, among all that there ever were.
create index orders_desk_idx on orders (created_at, order_id) where state = 'AT_BOX_OFFICE';

-- Whoever hands money over in place of the provider.
alter table refund
    add column handed_by  text,
    add column paid_twice boolean not null default false;

comment on column refund.handed_by is 'Staff who have given the money back by hand.';
comment on column refund.paid_twice is 'The provider has said afterwards that it has given it back as well, and people know.';

-- A terminal's receipt or a voucher pays once.
create index counter_payment_reference_idx on counter_payment (method, reference) where reference is not null;

-- A note is read by whoever works where it was written.
alter table desk add column note_client text;
update desk set note_client = client_id;
comment on column desk.note_client is 'The program at which the note was written; null: staff who signed in themselves.';

-- Functions that are defined anew with other parameters.
drop function if exists hold_for_warning(cart, orders);
drop function if exists cart_recovery_refusal(jsonb, cart, bytea[]);
drop function if exists desk_view(uuid);
drop function if exists end_stray(orders, shop);
