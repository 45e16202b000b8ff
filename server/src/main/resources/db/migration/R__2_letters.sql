-- What people and partners are told. Whether it still holds is looked at again when it is sent.

create or replace function post_mail(
    p_template text, p_order_id uuid, p_more jsonb default '{}', p_due timestamptz default clock_timestamp()) returns void
    language sql volatile as $$
    select post_message('MAIL', p_template || ':' || p_order_id || coalesce(':' || (p_more ->> 'about'), ''),
                        jsonb_build_object('template', p_template, 'orderId', p_order_id) || p_more, p_due)
$$;

-- Reminds a buyer in time that their reservation ends then. One that ends sooner than that needs no reminder.
create or replace function post_reminder(p_order_id uuid) returns void
    language sql volatile as $$
    select post_mail('reservation-reminder', p_order_id,
                     jsonb_build_object('about', extract(epoch from pay_until)::bigint, 'payUntil', pay_until),
                     pay_until - reminder_seconds * interval '1 second')
      from orders join shop using (shop_id)
     where order_id = p_order_id and pay_until > clock_timestamp() + 2 * reminder_seconds * interval '1 second'
$$;

-- A reservation is back from a clerk with the end that it had. Its reminder may have been due while they had it, and was not
-- sent then: it is sent now.
create or replace function catch_up_reminder(p_order_id uuid) returns void
    language sql volatile as $$
    select repost_message('MAIL', message.key, message.payload)
      from orders
      join shop using (shop_id)
      join desk using (order_id)
      join hijack on hijack.hijack_id = desk.hijack_id
      join outbox_message message
        on kind = 'MAIL'
       and key = 'reservation-reminder:' || orders.order_id || ':' || extract(epoch from orders.pay_until)::bigint
     where orders.order_id = p_order_id and orders.state = 'RESERVED' and orders.pay_until > clock_timestamp()
       and orders.pay_until - reminder_seconds * interval '1 second' between hijack.confirmed_at and clock_timestamp()
$$;
