-- While the provider is working, an order is held long. When that comes to nothing, it gets the deadline it had.
alter table payment add column held_before timestamptz;

comment on column payment.held_before is 'Until when the order was held when the provider began to work; null in other states.';
