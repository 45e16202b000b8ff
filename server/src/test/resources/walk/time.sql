-- Time passes, without anybody waiting: everything that was to happen to these carts and orders, or to all, is so much nearer.
create function walk_pass(p_seconds integer, p_ids uuid[]) returns void language plpgsql as $$
declare
    v_by interval := p_seconds * interval '1 second';
begin
    update cart
       set created_at = created_at - v_by, first_hold_at = first_hold_at - v_by, expires_at = expires_at - v_by
     where p_ids is null or cart_id = any (p_ids);
    update orders
       set created_at = created_at - v_by, held_until = held_until - v_by, pay_until = pay_until - v_by
     where p_ids is null or order_id = any (p_ids);
    update place set held_until = held_until - v_by
     where holder is not null and isfinite(held_until) and (p_ids is null or holder = any (p_ids));
    update hijack set created_at = created_at - v_by, warned_until = warned_until - v_by
     where p_ids is null or cart_id = any (p_ids) or order_id = any (p_ids);
    update desk
       set lease_until = lease_until - v_by, former_held_until = former_held_until - v_by,
           former_pay_until = former_pay_until - v_by
     where p_ids is null or order_id = any (p_ids);
    update payment
       set created_at = created_at - v_by, expires_at = expires_at - v_by, held_before = held_before - v_by
     where p_ids is null or order_id = any (p_ids);
    update payment_link set created_at = created_at - v_by, expires_at = expires_at - v_by
     where p_ids is null or order_id = any (p_ids);
    update case_file set created_at = created_at - v_by, deadline = deadline - v_by
     where p_ids is null or order_id = any (p_ids);
    update walk_promise set held_until = held_until - v_by, pay_until = pay_until - v_by
     where p_ids is null or order_id = any (p_ids);
end
$$;

-- Everybody who tidies up does so, for as long as there is something to do. What cannot be ended is told.
create function walk_tidy() returns text[] language plpgsql as $$
declare
    v_expired jsonb;
begin
    perform sweep_carts(1000);
    perform lapse_hijacks(1000);
    for i in 1..1000 loop
        exit when not (end_lease(jsonb_build_object('pickupCode', walk_code())) ->> 'ended')::boolean;
    end loop;
    v_expired := expire_orders(jsonb_build_object('caseNumbers', walk_cases(1000)));
    return array(select failure::text from jsonb_array_elements(v_expired -> 'failed') failure);
end
$$;

create sequence walk_number;

-- A pick-up code and case numbers that nothing else has.
create function walk_code() returns text language sql as $$
    select lpad(nextval('walk_number')::text, 6, '0')
$$;

create function walk_cases(p_count integer) returns jsonb language sql as $$
    select jsonb_agg(lpad(nextval('walk_number')::text, 10, '0')) from generate_series(1, p_count)
$$;

-- H11: whatever has been reached has a way out. With all deadlines passed nothing is left but what has money on it and waits for
-- a supervisor, and what the provider is working on; and these have one as well. Nothing of this is kept.
create function walk_dead_ends() returns table (name text, detail text) language plpgsql as $$
declare
    v_found  record;
    v_broken text[] := '{}';
begin
    begin
        perform walk_pass(2000000, null);
        v_broken := v_broken || walk_tidy();
        perform walk_pass(2000000, null);
        v_broken := v_broken || walk_tidy();
        for v_found in select * from walk_unended(false) loop
            v_broken := v_broken || v_found.unended;
        end loop;
        perform walk_end_by_hand();
        for v_found in select * from walk_unended(true) loop
            v_broken := v_broken || v_found.unended;
        end loop;
        for v_found in select * from walk_broken() loop
            v_broken := v_broken || concat(v_found.name, ': ', v_found.detail);
        end loop;
        raise exception using errcode = 'AK999', message = 'nothing of this is kept';
    exception when sqlstate 'AK999' then
        null;
    end;
    return query select 'H11 everything ends when all deadlines have passed', unnest(v_broken);
end
$$;

create function walk_unended(p_for_good boolean) returns table (unended text) language sql as $$
    select concat_ws(' ', 'cart', cart_id, state) from cart where state = 'OPEN'
    union all
    select concat_ws(' ', 'hijack', hijack_id, state) from hijack where state = 'WARNED'
    union all
    select concat_ws(' ', 'hijack', hijack_id, hijack.state) from hijack join orders using (order_id)
     where hijack.state = 'ACTIVE' and orders.state <> 'AT_BOX_OFFICE'
    union all
    select concat_ws(' ', 'order', order_number, state, payment_status, held_until, case when p_for_good then 'by hand' end)
      from orders
     where state in ('AWAITING_PAYMENT', 'RESERVED', 'UNDER_REVIEW', 'AT_BOX_OFFICE')
       and (p_for_good
            or not processing(order_id)
               and not (state = 'AT_BOX_OFFICE' and exists (select from money_entry where money_entry.order_id = orders.order_id)))
$$;

-- What nobody ends by himself: the provider gives up, a supervisor takes over and cancels.
create function walk_end_by_hand() returns void language plpgsql as $$
declare
    v_payment uuid;
    v_order   uuid;
    v_actor   jsonb := '{"actor": {"name": "supervisor", "supervisor": true, "partner": false}}';
    v_answer  jsonb;
begin
    for v_payment in select payment_id from payment where state = 'PROCESSING' loop
        perform settle_payment(jsonb_build_object('paymentId', v_payment, 'kind', 'FAILED', 'amount', 0, 'currency', 'EUR',
                                                  'caseNumber', walk_cases(1) ->> 0));
    end loop;
    for i in 1..2 loop
        perform walk_pass(2000000, null);
        perform walk_tidy();
    end loop;
    for v_order in select order_id from orders where state = 'AT_BOX_OFFICE' loop
        v_answer := take_over_order(v_actor || jsonb_build_object('orderId', v_order, 'reason', 'left over'));
        perform cancel_at_desk(v_actor || jsonb_build_object(
            'orderId', v_order, 'fence', v_answer -> 'order' -> 'lease' -> 'fence', 'refundReason', 'STAFF_ERROR'));
    end loop;
end
$$;
