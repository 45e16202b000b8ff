-- What a letter about a case that is not about an order can speak of, or one that asks something, as things are now.
create or replace function case_letter_facts(p jsonb) returns jsonb
    language sql volatile as $$
    select jsonb_strip_nulls(jsonb_build_object(
               'now', clock_timestamp(), 'caseNumber', case_file.case_number, 'state', case_state(case_file, orders),
               'language', coalesce(orders.language,
                                    (select language from orders latest where latest.customer_id = case_file.customer_id
                                      order by created_at desc limit 1), 'de'),
               'sender', coalesce(setting('organiser') ->> 'name', shop.name),
               'email', coalesce(current.email, orders.buyer ->> 'email'),
               'buyer', coalesce(orders.buyer ->> 'name', customer.name),
               'orderNumber', orders.order_number::text,
               'limit', money_view(coalesce(account.limit_amount, (setting('credit') ->> 'defaultLimit')::bigint),
                                   setting('credit') ->> 'currency'),
               'messageId', question.message_id, 'question', question.text,
               -- One that has been asked anew, or answered, is not asked any more.
               'asked', coalesce(question.message_id = (present_question(case_file.case_number)).message_id, false)))
      from case_file
      left join orders on orders.order_id = case_file.order_id
      left join customer on customer.customer_id = case_file.customer_id
      left join customer_email current on current.customer_id = case_file.customer_id and current.until is null
      left join credit_account account on account.customer_id = case_file.customer_id
      left join case_message question on question.message_id = (p ->> 'messageId')::uuid
      cross join lateral (select name from shop
                           where orders.shop_id is null or shop_id = orders.shop_id order by shop_id limit 1) shop
     where case_file.case_number = p ->> 'caseNumber'
$$;
