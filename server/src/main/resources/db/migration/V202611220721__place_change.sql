-- Who has held a place, and since when. No more keys than needed: it is written whenever a place changes hands, and must never
-- be the reason why that fails.
create table place_change (
    performance_id uuid        not null,
    place_no       integer     not null,
    fence          bigint      not null,
    holder         uuid,
    at             timestamptz not null default clock_timestamp(),
    former_until   timestamptz not null
);

create index place_change_place_idx on place_change (performance_id, place_no);

comment on column place_change.holder is 'Who has it from then on; null: nobody.';
comment on column place_change.former_until is 'Until when whoever had it before would have had it, or had it.';

insert into place_change (performance_id, place_no, fence, holder, at, former_until)
select performance_id, place_no, fence, holder, coalesce(orders.created_at, cart.created_at), '-infinity'
  from place left join orders on orders.order_id = place.holder left join cart on cart.cart_id = place.holder
 where place.holder is not null and coalesce(orders.created_at, cart.created_at) is not null;
