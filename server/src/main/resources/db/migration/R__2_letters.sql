-- What people and partners are told. Whether it still holds is looked at again when it is sent.

create or replace function post_mail(p_template text, p_order_id uuid, p_more jsonb default '{}') returns void
    language sql volatile as $$
    select post_message('MAIL', p_template || ':' || p_order_id || coalesce(':' || (p_more ->> 'about'), ''),
                        jsonb_build_object('template', p_template, 'orderId', p_order_id) || p_more)
$$;
