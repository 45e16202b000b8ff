-- Carts, hijacks and links have no number: they are known in the order in which they came.
create table walk_name (id uuid primary key, number bigint generated always as identity);

create function walk_named() returns trigger language plpgsql as $$
begin
    insert into walk_name (id) values ((to_jsonb(new) ->> tg_argv[0])::uuid);
    return null;
end
$$;

create trigger walk_name after insert on cart for each row execute function walk_named('cart_id');
create trigger walk_name after insert on hijack for each row execute function walk_named('hijack_id');
create trigger walk_name after insert on payment_link for each row execute function walk_named('link_id');

-- What there is to choose from, always in the same order.
create function walk_picture() returns jsonb language sql as $$
    select jsonb_build_object(
        'carts', (select coalesce(jsonb_agg(jsonb_build_object(
                      'id', cart_id, 'code', pickup_code, 'state', state, 'version', version, 'customer', customer_id,
                      'past', expires_at <= clock_timestamp(),
                      'items', (select coalesce(jsonb_agg(item_id order by performance_id, place_no), '[]')
                                  from cart_item where cart_item.cart_id = cart.cart_id)) order by number), '[]')
                    from cart join walk_name on id = cart_id),
        'orders', (select coalesce(jsonb_agg(jsonb_build_object(
                      'id', orders.order_id, 'state', orders.state, 'paymentStatus', payment_status, 'version', orders.version,
                      'token', encode(token_hash, 'hex'), 'total', total, 'balance', balance_of(orders.order_id),
                      'past', coalesce(held_until <= clock_timestamp(), false), 'cart', orders.cart_id,
                      'clerk', clerk, 'fence', coalesce(fence, 0), 'leased', coalesce(lease_until > clock_timestamp(), false),
                      'givesBack', coalesce(desk.cart_id is not null or desk.former_state is not null, false),
                      'customer', customer_id, 'processing', processing(orders.order_id),
                      'review', under_review(orders.order_id),
                      'items', (select coalesce(jsonb_agg(item_id order by performance_id, place_no), '[]')
                                  from order_item item where item.order_id = orders.order_id and cancelled_at is null))
                                                      order by order_number), '[]')
                     from orders left join desk using (order_id)),
        'payments', (select coalesce(jsonb_agg(jsonb_build_object(
                      'id', payment_id, 'order', order_id, 'state', payment.state, 'amount', amount,
                      'opened', provider_reference is not null,
                      'succeeded', (select min(fact.amount) from payment_fact fact
                                     where fact.payment_id = payment.payment_id and kind = 'SUCCEEDED'),
                      'disputes', (select coalesce(jsonb_agg(jsonb_build_object(
                                              'subject', reference, 'state', dispute.state) order by reference), '[]')
                                     from dispute where dispute.payment_id = payment.payment_id))
                                                        order by order_number, payment.created_at), '[]')
                       from payment join orders using (order_id)),
        'hijacks', (select coalesce(jsonb_agg(jsonb_build_object(
                      'id', hijack_id, 'state', state, 'cart', cart_id, 'order', order_id, 'clerk', clerk,
                      'past', warned_until <= clock_timestamp()) order by number), '[]')
                      from hijack join walk_name on id = hijack_id),
        'links', (select coalesce(jsonb_agg(jsonb_build_object(
                      'id', link_id, 'state', state, 'token', encode(token_hash, 'hex'), 'amount', amount) order by number), '[]')
                    from payment_link join walk_name on id = link_id),
        'refunds', (select coalesce(jsonb_agg(jsonb_build_object('id', refund_id, 'state', refund.state)
                                              order by order_number, refund.created_at, refund.amount), '[]')
                      from refund join orders using (order_id)),
        'free', (select coalesce(jsonb_agg(jsonb_build_object('performance', performance_id, 'seat', seat_id)
                                           order by performance_id, place_no), '[]')
                   from place where held_until <= clock_timestamp() and seat_id is not null),
        'cases', (select coalesce(jsonb_agg(jsonb_build_object(
                      'number', case_number, 'kind', kind, 'state', case_state(case_file, orders), 'version', case_file.version,
                      'amount', coalesce(requested_limit, amount, 0)) order by case_file.created_at, case_number), '[]')
                    from case_file left join orders using (order_id)),
        'accounts', (select coalesce(jsonb_agg(jsonb_build_object(
                      'customer', customer_id, 'version', coalesce(version, 1), 'exposure', coalesce(exposure, 0))
                                               order by customer_id), '[]')
                       from customer left join credit_account using (customer_id)),
        'blocks', (select coalesce(jsonb_agg(entry_id order by created_at), '[]') from blacklist_entry where lifted_at is null),
        'unseen', (select coalesce(jsonb_agg(distinct kind || ' ' || before), '[]')
                     from (select * from walk_rule except select * from walk_seen) unseen),
        'changes', (select coalesce(jsonb_agg(change_id), '[]') from performance_change where state = 'RUNNING'))
$$;
