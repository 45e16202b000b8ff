-- What a performance has sold or holds, for whoever must reach all of it.
create index order_item_performance_idx on order_item (performance_id) where cancelled_at is null;
create index cart_item_performance_idx on cart_item (performance_id);
create index refund_cause_idx on refund (cause);
