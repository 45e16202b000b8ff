-- Attempts to pay an order, and what becomes of them.

-- Ends open attempts; the provider is told afterwards. Without a reference the opening may still be on its way to the
-- provider: the cancel must not overtake it.
create or replace function cancel_payments(p_order_id uuid) returns void
    language plpgsql as $$
declare
    v_payment payment;
begin
    for v_payment in
        update payment set state = 'CANCELLED'
         where order_id = p_order_id and state in ('CREATED', 'ACTION_REQUIRED') returning *
    loop
        perform cancel_at_provider(v_payment.payment_id, clock_timestamp()
            + case when v_payment.provider_reference is null then interval '10 seconds' else interval '0' end);
    end loop;
end
$$;

create or replace function cancel_at_provider(p_payment_id uuid, p_at timestamptz) returns void
    language sql volatile as $$
    select repost_message('PAYMENT_CANCEL', p_payment_id::text, '{}', p_at)
$$;

-- Makes an attempt that the provider is to open, and to end when the buyer sees it end.
create or replace function new_payment(
    p_payment_id uuid, p_order_id uuid, p_method text, p_amount bigint, p_currency text, p_return_url text,
    p_until timestamptz) returns payment
    language plpgsql as $$
declare
    v_payment payment;
begin
    insert into payment (payment_id, order_id, method, amount, currency, state, return_url, expires_at)
    values (p_payment_id, p_order_id, p_method, p_amount, p_currency, 'CREATED', p_return_url, p_until)
    returning * into v_payment;
    perform cancel_at_provider(p_payment_id, p_until);
    return v_payment;
end
$$;

-- How long the provider may be working on it; no order is held for that when its show has begun. A direct debit is sure after six banking days.
create or replace function processing_time(p_method text) returns interval
    language sql immutable as $$
    select case p_method when 'SEPA_DEBIT' then interval '14 days' else interval '24 hours' end
$$;

-- What can be paid with now. A transfer needs an account that it can go to; a direct debit is not sure before its time, which
-- must end in time before the show.
create or replace function offered_methods(p_shop shop, p_last_call timestamptz) returns jsonb
    language sql volatile as $$
    select to_jsonb(array(
        select method from unnest(p_shop.payment_methods) with ordinality as chosen (method, ordinal)
         where case method
                   when 'BANK_TRANSFER' then bank_account() is not null
                   when 'SEPA_DEBIT' then coalesce(p_last_call >= clock_timestamp() + processing_time(method), true)
                   else true end
         order by ordinal))
$$;

-- Until when a buyer who begins now can pay: for the shop's time, but not when the show has begun; a quarter of an hour they
-- have in any case.
create or replace function payment_end(p_shop shop, p_first_start timestamptz) returns timestamptz
    language sql volatile as $$
    select least(clock_timestamp() + p_shop.payment_seconds * interval '1 second',
                 greatest(p_first_start, clock_timestamp() + interval '15 minutes'))
$$;

-- Another attempt to pay. The open one is ended first; holds only get longer, and not beyond two payment times from the
-- order's start, so that trying again and again does not keep seats for ever.
create or replace function start_payment(p jsonb) returns jsonb
    language plpgsql as $$
declare
    v_taken record := take_order(p, '{AWAITING_PAYMENT,RESERVED}', '{UNPAID,PART_PAID}');
begin
    return coalesce(v_taken.refusal, attempt_payment(v_taken.unpaid, p));
end
$$;

create or replace function attempt_payment(p_order orders, p jsonb) returns jsonb
    language plpgsql as $$
declare
    v_shop    shop;
    v_payment payment;
    v_end     timestamptz;
    v_until   timestamptz;
begin
    select * into v_shop from shop where shop_id = p_order.shop_id;
    if not offered_methods(v_shop, last_call(p_order.order_id)) ? (p ->> 'method') then
        return refused('PAYMENT_METHOD_NOT_AVAILABLE');
    end if;
    if p ? 'returnOrigin' and p ->> 'returnOrigin' <> all (v_shop.return_origins) then
        return refused('RETURN_URL_NOT_ALLOWED');
    end if;
    v_end := payment_end(v_shop, first_start(p_order.order_id));
    v_until := greatest(p_order.held_until - interval '2 minutes',
                        least(v_end, p_order.created_at + 2 * v_shop.payment_seconds * interval '1 second'));
    v_until := least(v_until, v_end);
    -- In its last two minutes an order that cannot be held longer has no time left that a buyer could be shown.
    if v_until <= clock_timestamp() or not holds_places(p_order.order_id) then
        return refused('ORDER_STATE_CONFLICT');
    end if;
    perform cancel_payments(p_order.order_id);
    v_payment := new_payment((p ->> 'paymentId')::uuid, p_order.order_id, p ->> 'method',
                             p_order.total - balance_of(p_order.order_id), p_order.currency, p ->> 'returnUrl', v_until);
    perform hold_order(p_order.order_id, v_until + interval '2 minutes');
    perform begin_answer(p, v_payment.payment_id);
    return jsonb_build_object('payment', payment_view(v_payment), 'orderNumber', p_order.order_number::text);
end
$$;

-- The provider has the attempt: the buyer can pay. Ends the command that began it, if it has not ended yet. What the
-- provider opened is kept in any state: without its name nobody can cancel it there or pay it back. An attempt that was
-- ended meanwhile is cancelled again under that name, as a new try, so that a try without it cannot say it is done.
create or replace function payment_opened(p jsonb) returns jsonb
    language plpgsql as $$
declare
    v_payment payment;
begin
    update payment
       set provider_reference = p ->> 'reference', url = p ->> 'url', client_secret = p ->> 'clientSecret',
           state = case when state = 'CREATED' then 'ACTION_REQUIRED' else state end
     where payment_id = (p ->> 'paymentId')::uuid and provider_reference is null
    returning * into v_payment;
    if found and v_payment.state = 'CANCELLED' then
        perform cancel_at_provider(v_payment.payment_id, clock_timestamp());
    end if;
    perform end_answer(p, jsonb_build_object('paymentId', p ->> 'paymentId'));
    select * into v_payment from payment where payment_id = (p ->> 'paymentId')::uuid;
    return jsonb_build_object('payment', payment_view(v_payment));
end
$$;

-- The provider could not be reached: the command may be repeated at once.
create or replace function payment_not_opened(p jsonb) returns jsonb
    language plpgsql as $$
begin
    perform end_answer(p, null);
    return '{}';
end
$$;

-- What a payment's outcome does to its order. Told again, it does nothing; nothing but a success moves what has ended.
create or replace function settle_payment(p jsonb) returns jsonb
    language plpgsql as $$
declare
    v_kind    text := p ->> 'kind';
    v_payment payment;
    v_order   orders;
begin
    select * into v_payment from payment where payment_id = (p ->> 'paymentId')::uuid;
    if not found then
        return jsonb_build_object('settled', 'UNKNOWN');
    end if;
    select * into v_order from orders where order_id = v_payment.order_id for update;
    perform lock_credit(v_order);
    select * into v_payment from payment where payment_id = v_payment.payment_id for update;
    v_kind := last_word(v_payment, v_kind);
    if v_kind is null or v_payment.state in (v_kind, 'SUCCEEDED')
       or (v_payment.state in ('FAILED', 'CANCELLED') and v_kind <> 'SUCCEEDED') then
        return jsonb_build_object('settled', 'ALREADY');
    end if;
    -- There is nothing to cancel any more: it has ended, or the provider is working on it.
    perform drop_message('PAYMENT_CANCEL', v_payment.payment_id::text);
    perform drop_message('PAYMENT_CHECK', v_payment.payment_id::text);
    update payment
       set state = v_kind, provider_reference = coalesce(provider_reference, p ->> 'reference'),
           held_before = case when v_kind = 'PROCESSING' then coalesce(held_before, v_order.held_until) end
     where payment_id = v_payment.payment_id;
    if v_kind = 'SUCCEEDED' then
        return book_money(v_order, 'PAYMENT', (p ->> 'amount')::bigint, p ->> 'currency',
                          'payment:' || v_payment.payment_id, p ->> 'caseNumber', v_payment.payment_id);
    end if;
    if p ->> 'kind' = 'DECLINED' then
        perform cancel_at_provider(v_payment.payment_id, clock_timestamp());
    end if;
    if v_kind = 'PROCESSING' then
        perform check_later(v_payment.payment_id);
    end if;
    if v_kind = 'PROCESSING' and v_order.held_until > clock_timestamp() then
        perform hold_order(v_order.order_id, least(clock_timestamp() + processing_time(v_payment.method),
                                                   first_start(v_order.order_id)));
    elsif v_payment.state = 'PROCESSING' and v_order.state in ('AWAITING_PAYMENT', 'RESERVED')
          and v_order.held_until > clock_timestamp() then
        perform end_processing(v_order, v_payment.held_before);
    elsif v_payment.state <> 'PROCESSING' then
        perform end_wait(v_order, v_payment);
    end if;
    return jsonb_build_object('settled', v_kind);
end
$$;

-- The provider is asked for a payment now and then: its word of the end may get lost.
create or replace function check_later(p_payment_id uuid) returns void
    language sql volatile as $$
    select repost_message('PAYMENT_CHECK', p_payment_id::text, '{}', clock_timestamp() + interval '1 hour')
$$;

-- An attempt has come to its end and nobody knows whether it was paid: the provider cannot be reached, or says no more than
-- that it is too late to cancel. Its order keeps its seats meanwhile: for an hour, but not when the show has begun.
create or replace function await_word(p_payment_id uuid) returns void
    language plpgsql as $$
declare
    v_order   orders;
    v_payment payment;
begin
    select orders.* into v_order from orders join payment using (order_id)
     where payment_id = p_payment_id for update of orders;
    select * into v_payment from payment where payment_id = p_payment_id for update;
    if v_payment.state in ('CREATED', 'ACTION_REQUIRED') and v_payment.expires_at <= clock_timestamp()
       and v_payment.held_before is null
       and v_order.state in ('AWAITING_PAYMENT', 'RESERVED') and v_order.held_until > clock_timestamp() then
        update payment set held_before = v_order.held_until where payment_id = p_payment_id;
        perform hold_order(v_order.order_id,
                           least(v_payment.expires_at + interval '1 hour', first_start(v_order.order_id)));
    end if;
end
$$;

-- It is known: nobody can pay the attempt any more.
create or replace function word_given(p_payment_id uuid) returns void
    language plpgsql as $$
declare
    v_order orders;
begin
    select orders.* into v_order from orders join payment using (order_id)
     where payment_id = p_payment_id for update of orders;
    perform end_wait(v_order, payment) from payment
      where payment_id = p_payment_id and state in ('CREATED', 'ACTION_REQUIRED');
    update payment set held_before = null
     where payment_id = p_payment_id and state in ('CREATED', 'ACTION_REQUIRED') and held_before is not null;
end
$$;

-- The order has its deadline again that it had before it waited for word of this attempt, or that another one has brought.
create or replace function end_wait(p_order orders, p_payment payment) returns void
    language plpgsql as $$
declare
    v_until timestamptz;
begin
    if p_payment.held_before is null or p_order.state not in ('AWAITING_PAYMENT', 'RESERVED')
       or p_order.held_until <= clock_timestamp() then
        return;
    end if;
    select greatest(p_payment.held_before, p_order.pay_until, max(expires_at) + interval '2 minutes') into v_until
      from payment
     where order_id = p_order.order_id and payment_id <> p_payment.payment_id
       and state in ('CREATED', 'ACTION_REQUIRED', 'PROCESSING');
    update orders set held_until = least(held_until, v_until), version = version + 1 where order_id = p_order.order_id;
    perform hand_places(p_order.order_id, p_order.order_id, least(p_order.held_until, v_until));
end
$$;

-- What a notice means now; null if nothing. The buyer whom the bank declined can try again, so that this ends nothing but the
-- processing that it came out of; such a payment is over, and cancelled so that nobody pays it in an old window. Notices come
-- in any order: one that is older than what is known says nothing new.
create or replace function last_word(p_payment payment, p_kind text) returns text
    language plpgsql stable as $$
declare
    v_declined boolean;
begin
    if p_kind not in ('PROCESSING', 'DECLINED') then
        return p_kind;
    end if;
    select coalesce(max(occurred_at) filter (where kind = 'DECLINED')
                    >= max(occurred_at) filter (where kind = 'PROCESSING'), false)
      into v_declined
      from payment_fact where payment_id = p_payment.payment_id;
    return case when p_kind = 'PROCESSING' and not v_declined then 'PROCESSING'
                when p_kind = 'DECLINED' and v_declined and p_payment.state = 'PROCESSING' then 'FAILED' end;
end
$$;

-- While the provider was working the hold was long. The buyer now has the usual time for another attempt, and never less
-- than before it began.
create or replace function end_processing(p_order orders, p_held_before timestamptz) returns void
    language plpgsql as $$
declare
    v_until timestamptz;
begin
    select greatest(p_held_before, payment_end(shop, first_start(p_order.order_id))) into v_until
      from shop where shop_id = p_order.shop_id;
    update orders set held_until = v_until, version = version + 1 where order_id = p_order.order_id;
    perform hand_places(p_order.order_id, p_order.order_id, v_until);
end
$$;
