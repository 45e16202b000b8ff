-- What people decide of a case, and what that does to its order.

-- The case ends, by whom and why.
create or replace function decide_case(p jsonb, p_case case_file, p_state text) returns void
    language sql volatile as $$
    update case_file
       set state = p_state, ended_at = clock_timestamp(), decided_by = actor_name(p), decision_reason = p ->> 'reason'
     where case_number = p_case.case_number
$$;

create or replace function approve_case(p jsonb) returns jsonb
    language plpgsql as $$
declare
    v_taken   record := take_case(p);
    v_case    case_file := v_taken.taken;
    v_order   orders := v_taken.about;
    v_refusal jsonb := v_taken.refusal;
begin
    if v_refusal is not null then
        return v_refusal;
    end if;
    v_refusal := case
        when v_case.kind = 'LIMIT_REQUEST' then approve_limit(p, v_case)
        when v_case.kind in ('CREDIT_LIMIT', 'TECHNICAL') and v_case.order_id is not null
            then approve_order(p, v_case, v_order)
        else refused('CASE_KIND_CONFLICT') end;
    return coalesce(v_refusal, case_answer(p, v_case, 'case.approve', jsonb_build_object(
        'reason', p ->> 'reason', 'amount', v_case.amount, 'limit', p -> 'limit' ->> 'amount')));
end
$$;

-- Completes the order as its buyer wanted it. While a clerk has it, it stays with them. Says why not; null when done.
create or replace function approve_order(p jsonb, p_case case_file, p_order orders) returns jsonb
    language plpgsql as $$
declare
    v_refusal jsonb;
begin
    if p_order.state not in ('UNDER_REVIEW', 'AT_BOX_OFFICE') then
        return refused('ORDER_STATE_CONFLICT');
    end if;
    -- With a whole incident only those are approved who are sent a link.
    if p ? 'incidentId' and p_order.state = 'AT_BOX_OFFICE' then
        return refused('HELD_BY_CLERK');
    end if;
    v_refusal := coalesce(
        case when processing(p_order.order_id) then busy_with_payment() end,
        case when p_case.kind = 'TECHNICAL' and p_order.state = 'UNDER_REVIEW' then review_link_conflict(p_order) end,
        -- Why an incident's cases are approved says nothing about somebody who was blocked meanwhile.
        completion_refusal(case when p ? 'incidentId' then p - 'reason' else p end, p_order));
    if v_refusal is not null then
        return v_refusal;
    end if;
    perform open_account(p_order);
    -- The case may have run out while this waited for the locks.
    if p_order.state = 'UNDER_REVIEW' and not holds_places(p_order.order_id) then
        return refused('CASE_ENDED');
    end if;
    perform decide_case(p, p_case, 'APPROVED');
    if p_order.state = 'UNDER_REVIEW' then
        if p_case.kind = 'TECHNICAL' then
            perform link_after_review(p, p_order);
        else
            perform complete_reviewed(p_order);
        end if;
        perform post_mail('case-approved', p_order.order_id, jsonb_build_object(
            'about', p_case.case_number || ':' || p_case.version, 'caseNumber', p_case.case_number));
    end if;
    return null;
end
$$;

-- Locks the account of the order's customer, who may never have owed anything.
create or replace function open_account(p_order orders) returns void
    language plpgsql as $$
begin
    insert into credit_account (customer_id) select p_order.customer_id where p_order.customer_id is not null
    on conflict do nothing;
    perform lock_credit(p_order);
end
$$;

-- Why there can be no link for an order under review once it is approved; null when there can.
create or replace function review_link_conflict(p_order orders) returns jsonb
    language plpgsql as $$
begin
    p_order.state := 'AWAITING_PAYMENT';
    return link_conflict(p_order);
end
$$;

-- The order is to be paid after all, under a link of its own. Its customer owes it from now on, whatever their limit is.
create or replace function link_after_review(p jsonb, p_order orders) returns void
    language plpgsql as $$
declare
    v_link payment_link;
begin
    update orders set state = 'AWAITING_PAYMENT', version = version + 1 where order_id = p_order.order_id
    returning * into p_order;
    v_link := make_link(p_order, link_deadline(p_order), p || jsonb_build_object('by', actor_name(p)));
    perform post_mail('payment-link', p_order.order_id,
                      jsonb_build_object('about', v_link.link_id, 'linkId', v_link.link_id));
end
$$;

-- An order that people have let pass the limit: held unpaid if its buyer wanted that, else on account. What has come in counts.
create or replace function complete_reviewed(p_order orders) returns void
    language plpgsql as $$
begin
    if p_order.customer_id is null or p_order.payment_method in ('PAY_LATER', 'BANK_TRANSFER') then
        perform reserve_reviewed(p_order);
    else
        perform put_on_account(p_order);
    end if;
end
$$;

create or replace function owe_reviewed(p_order orders) returns void
    language plpgsql as $$
begin
    if p_order.customer_id is not null and uncounted(p_order) > 0 then
        perform book_credit(p_order.customer_id, p_order.order_id, uncounted(p_order), 'APPROVED');
    end if;
end
$$;

create or replace function put_on_account(p_order orders) returns void
    language plpgsql as $$
begin
    perform owe_reviewed(p_order);
    if not keep_places(p_order.order_id) then
        raise exception 'order % under review cannot keep its seats', p_order.order_id;
    end if;
    update orders set payment_method = 'INVOICE' where order_id = p_order.order_id;
    perform issue_invoice(p_order.order_id);
    perform confirm_order(p_order.order_id);
end
$$;

-- Until its method's time is over, as at checkout; what was promised before is never shortened, and a quarter of an hour there is
-- in any case.
create or replace function reserve_reviewed(p_order orders) returns void
    language plpgsql as $$
declare
    v_by_transfer boolean := p_order.payment_method is not distinct from 'BANK_TRANSFER';
    v_grace       interval;
    v_until       timestamptz;
begin
    perform owe_reviewed(p_order);
    select case when v_by_transfer then transfer_grace_seconds else 0 end * interval '1 second',
           least(clock_timestamp()
                 + case when v_by_transfer then transfer_seconds else reservation_seconds end * interval '1 second',
                 last_call(p_order.order_id)
                 - case when v_by_transfer then transfer_grace_seconds else 0 end * interval '1 second')
      into v_grace, v_until
      from shop where shop_id = p_order.shop_id;
    v_until := greatest(v_until, p_order.held_until, clock_timestamp() + interval '15 minutes');
    update orders set state = 'RESERVED', payment_method = coalesce(payment_method, 'PAY_LATER'), pay_until = v_until
     where order_id = p_order.order_id;
    perform hold_order(p_order.order_id, v_until + v_grace);
    perform post_mail('order-reserved', p_order.order_id, jsonb_build_object('about', p_order.version));
    perform post_reminder(p_order.order_id);
    perform note_event('order.reserved', p_order.order_id);
end
$$;

-- A clerk gives back an order that came from a review which has been decided meanwhile: it goes on as decided.
create or replace function complete_given_back(p_order orders, p_desk desk) returns void
    language plpgsql as $$
begin
    if let_pass(p_order.order_id, p_order.total) then
        perform open_account(p_order);
        -- The box office's own hold, which outlasts every deadline, ends with it.
        update orders set held_until = p_desk.former_held_until where order_id = p_order.order_id returning * into p_order;
        perform complete_reviewed(p_order);
        return;
    end if;
    -- What only waited for the provider can be paid again.
    update orders
       set state = 'AWAITING_PAYMENT', version = version + 1,
           held_until = greatest(p_desk.former_held_until, clock_timestamp() + interval '15 minutes')
     where order_id = p_order.order_id
    returning * into p_order;
    perform release_credit(p_order.order_id, 'HANDED_BACK');
    perform hand_places(p_order.order_id, p_order.order_id, p_order.held_until);
end
$$;

-- The customer's limit is what they asked for, or what whoever decides lets them have. Says why not; null when done.
create or replace function approve_limit(p jsonb, p_case case_file) returns jsonb
    language plpgsql as $$
declare
    v_account credit_account;
    v_limit   bigint := coalesce((p -> 'limit' ->> 'amount')::bigint, p_case.requested_limit);
begin
    insert into credit_account (customer_id) values (p_case.customer_id) on conflict do nothing;
    select * into v_account from credit_account where customer_id = p_case.customer_id for update;
    update credit_account set limit_amount = v_limit, version = version + 1 where customer_id = p_case.customer_id;
    insert into credit_limit_change (customer_id, from_amount, to_amount, reason, changed_by)
    values (p_case.customer_id, v_account.limit_amount, v_limit,
            concat_ws(': ', 'Case ' || p_case.case_number, p ->> 'reason'), actor_name(p));
    perform decide_case(p, p_case, 'APPROVED');
    perform post_case_mail('limit-approved', p_case.case_number);
    return null;
end
$$;

-- Ends the order, its seats are free, what has come in goes back, and its customer is told.
create or replace function reject_case(p jsonb) returns jsonb
    language plpgsql as $$
declare
    v_taken record := take_case(p);
    v_case  case_file := v_taken.taken;
    v_order orders := v_taken.about;
begin
    if v_taken.refusal is not null then
        return v_taken.refusal;
    end if;
    if not for_customers(v_case) then
        return refused('CASE_KIND_CONFLICT');
    end if;
    if v_order.state = 'AT_BOX_OFFICE' then
        return refused('HELD_BY_CLERK', (select holder_name(p, desk) from desk where order_id = v_order.order_id));
    end if;
    if processing(v_case.order_id) then
        return busy_with_payment();
    end if;
    perform decide_case(p, v_case, 'REJECTED');
    if v_case.kind = 'LIMIT_REQUEST' then
        perform post_case_mail('limit-rejected', v_case.case_number);
    else
        perform end_order(v_order, 'CANCELLED', 'SETTLED', p_reason => 'GOODWILL', p_cause => 'case:' || v_case.case_number);
        perform hand_places(v_order.order_id, null, '-infinity');
        perform post_mail('case-rejected', v_order.order_id, jsonb_build_object(
            'about', v_case.case_number || ':' || v_case.version, 'caseNumber', v_case.case_number));
        perform note_event('order.cancelled', v_order.order_id);
    end if;
    return case_answer(p, v_case, 'case.reject', jsonb_build_object('reason', p ->> 'reason'));
end
$$;

-- People are done with what has no order to complete.
create or replace function settle_case(p jsonb) returns jsonb
    language plpgsql as $$
declare
    v_taken record := take_case(p);
    v_case  case_file := v_taken.taken;
begin
    if v_taken.refusal is not null then
        return v_taken.refusal;
    end if;
    if for_customers(v_case) then
        return refused('CASE_KIND_CONFLICT');
    end if;
    perform decide_case(p, v_case, 'SETTLED');
    return case_answer(p, v_case, 'case.settle', jsonb_build_object('reason', p ->> 'reason'));
end
$$;
