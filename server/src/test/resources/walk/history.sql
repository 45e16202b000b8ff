-- What has to be true of a step itself: how it changed what was there before.
create table walk_cart (cart_id uuid primary key, state text not null, version bigint not null);
create table walk_before (order_id uuid primary key, state text not null, payment_status text not null, total bigint not null,
                          discount bigint not null, version bigint not null, purchase_version bigint not null, fence bigint not null);
create table walk_place (performance_id uuid, place_no integer, holder uuid, fence bigint not null,
                         primary key (performance_id, place_no));

-- What the buyers of orders that wait were told last.
create table walk_promise (order_id uuid primary key, held_until timestamptz not null, pay_until timestamptz not null);

-- How far the entries of credit accounts have been looked at.
create table walk_entry (last_entry bigint not null);

insert into walk_entry values (0);

create function walk_history() returns table (name text, detail text) language plpgsql as $$
begin
    return query
    select '11a versions of carts only go up', concat_ws(' ', cart_id, before.state, before.version, cart.state, cart.version)
      from walk_cart before join cart using (cart_id)
     where cart.version < before.version
        or cart.version = before.version and cart.state <> before.state and cart.state <> 'CLOSED';

    return query
    select '11b versions of orders go up with every change', concat_ws(' ', order_number, before.state, orders.state)
      from walk_before before join orders using (order_id)
     where orders.version < before.version or orders.purchase_version < before.purchase_version
        or orders.version = before.version
           and (orders.state, orders.payment_status, orders.total) <> (before.state, before.payment_status, before.total);

    return query
    select '11c a clerk''s fence goes up with every holder', concat_ws(' ', order_id, before.fence, desk.fence)
      from walk_before before join desk using (order_id) join orders using (order_id)
     where desk.fence < before.fence
        or orders.state = 'AT_BOX_OFFICE' and before.state <> 'AT_BOX_OFFICE' and desk.fence = before.fence;

    return query
    select '11d a place''s fence goes up with every holder', concat_ws(' ', place.place_no, before.holder, place.holder)
      from walk_place before join place using (performance_id, place_no)
     where place.fence < before.fence
        or place.fence = before.fence and place.holder is distinct from before.holder;

    -- A limit may be lowered below what is owed; nothing is added to that but what people have let pass.
    return query
    select 'P6 nobody passes their limit by what people have not let pass',
           concat_ws(' ', account.customer_id, account.exposure, entry.delta, entry.cause)
      from walk_entry
      join credit_entry entry on entry_id > last_entry and delta > 0
      join credit_account account using (customer_id)
      join orders using (order_id)
     where account.exposure > coalesce(account.limit_amount, 50000)
       and not exists (select from case_file where case_file.order_id = entry.order_id
                                               and kind in ('CREDIT_LIMIT', 'TECHNICAL') and case_file.state = 'APPROVED'
                                               and amount >= orders.total);

    return query
    select 'D19 no deadline gets shorter',
           concat_ws(' ', o.order_number, o.state, promise.held_until, o.held_until, promise.pay_until, o.pay_until)
      from walk_promise promise join walk_order o using (order_id)
     where o.waits and not o.past and not processing(order_id)
       and (o.held_until < promise.held_until or coalesce(o.pay_until, o.held_until) < promise.pay_until);
end
$$;

create function walk_remember() returns void language plpgsql as $$
begin
    truncate walk_cart, walk_before, walk_place;
    insert into walk_cart select cart_id, state, version from cart;
    insert into walk_before
    select order_id, state, payment_status, total, discount, version, purchase_version, coalesce(fence, 0)
      from orders left join desk using (order_id);
    insert into walk_place select performance_id, place_no, holder, fence from place;
    update walk_entry set last_entry = coalesce((select max(entry_id) from credit_entry), 0);
    delete from walk_promise
     where order_id in (select order_id from orders where state in ('CONFIRMED', 'CANCELLED', 'EXPIRED', 'REFUNDED'));
    insert into walk_promise
    select order_id, held_until, coalesce(pay_until, held_until) from walk_order
     where waits and not past and not processing(order_id)
    on conflict (order_id) do update set held_until = excluded.held_until, pay_until = excluded.pay_until;
end
$$;

-- Everything that the last step has broken.
create function walk_check() returns table (name text, detail text) language plpgsql as $$
begin
    return query select * from walk_broken();
    return query select * from walk_history();
    perform walk_remember();
end
$$;
