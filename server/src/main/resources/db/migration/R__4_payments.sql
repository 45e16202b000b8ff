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
    v_until   timestamptz;
begin
    select * into v_shop from shop where shop_id = p_order.shop_id;
    if p ->> 'method' <> all (v_shop.payment_methods) then
        return refused('PAYMENT_METHOD_NOT_AVAILABLE');
    end if;
    if p ? 'returnOrigin' and p ->> 'returnOrigin' <> all (v_shop.return_origins) then
        return refused('RETURN_URL_NOT_ALLOWED');
    end if;
    v_until := greatest(p_order.held_until - interval '2 minutes',
                        least(clock_timestamp() + v_shop.payment_seconds * interval '1 second',
                              p_order.created_at + 2 * v_shop.payment_seconds * interval '1 second'));
    v_until := least(v_until, clock_timestamp() + v_shop.payment_seconds * interval '1 second');
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
    update payment
       set state = v_kind, provider_reference = coalesce(provider_reference, p ->> 'reference'),
           held_before = case when v_kind = 'PROCESSING' then v_order.held_until end
     where payment_id = v_payment.payment_id;
    if v_kind = 'SUCCEEDED' then
        return book_money(v_order, 'PAYMENT', (p ->> 'amount')::bigint, p ->> 'currency',
                          'payment:' || v_payment.payment_id, p ->> 'caseNumber', v_payment.payment_id);
    end if;
    if p ->> 'kind' = 'DECLINED' then
        perform cancel_at_provider(v_payment.payment_id, clock_timestamp());
    end if;
    if v_kind = 'PROCESSING' and v_order.held_until > clock_timestamp() then
        perform hold_order(v_order.order_id, clock_timestamp() + processing_time(v_payment.method));
    elsif v_payment.state = 'PROCESSING' and v_order.state in ('AWAITING_PAYMENT', 'RESERVED')
          and v_order.held_until > clock_timestamp() then
        perform end_processing(v_order, v_payment.held_before);
    end if;
    return jsonb_build_object('settled', v_kind);
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

-- How long the provider may be working on it. A direct debit is sure after six banking days.
create or replace function processing_time(p_method text) returns interval
    language sql immutable as $$
    select case p_method when 'SEPA_DEBIT' then interval '14 days' else interval '24 hours' end
$$;

-- While the provider was working the hold was long. The buyer now has the usual time for another attempt, and never less
-- than before it began.
create or replace function end_processing(p_order orders, p_held_before timestamptz) returns void
    language plpgsql as $$
declare
    v_until timestamptz;
begin
    select greatest(p_held_before, clock_timestamp() + payment_seconds * interval '1 second') into v_until
      from shop where shop_id = p_order.shop_id;
    update orders set held_until = v_until, version = version + 1 where order_id = p_order.order_id;
    perform hand_places(p_order.order_id, p_order.order_id, v_until);
end
$$;
