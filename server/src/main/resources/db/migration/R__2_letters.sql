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
