-- Cases: how they look, who looks after them, and what is said about them. Locks are taken in the order of orders: order,
-- case, person, credit account, places.

-- A case that waits ends with the hold of the order it is about, as expire_orders() will write down later. At the box office
-- nothing runs out.
create or replace function case_state(p_case case_file, p_order orders) returns text
    language sql volatile as $$
    select case when p_case.state in ('OPEN', 'WAITING_FOR_CUSTOMER') and p_case.kind not in ('LATE_PAYMENT', 'DISPUTE')
                     and p_order.state = 'UNDER_REVIEW' and p_order.held_until <= clock_timestamp()
                then 'EXPIRED' else p_case.state end
$$;

create or replace function money_view(p_amount bigint, p_currency text) returns jsonb
    language sql immutable as $$
    select case when p_amount is not null then jsonb_build_object('amount', p_amount, 'currency', p_currency) end
$$;

-- The case as it stands in lists. Where it holds seats, its deadline is the end of their hold.
create or replace function case_summary(p_case case_file, p_order orders) returns jsonb
    language sql volatile as $$
    select jsonb_strip_nulls(jsonb_build_object(
               'caseNumber', p_case.case_number, 'kind', p_case.kind, 'state', case_state(p_case, p_order),
               'attention', p_case.attention, 'findings', p_case.findings, 'version', p_case.version,
               'assignee', p_case.assignee, 'customerId', p_case.customer_id,
               'buyerName', coalesce(p_order.buyer ->> 'name', account.name),
               'buyerEmail', coalesce(account.email, p_order.buyer ->> 'email'),
               'buyerPhone', coalesce(p_order.buyer ->> 'phone', account.phone),
               'orderId', p_case.order_id, 'orderNumber', p_order.order_number::text,
               'amount', money_view(p_case.amount, p_case.currency),
               'requestedLimit', money_view(p_case.requested_limit, p_case.currency),
               'incidentId', p_case.incident_id,
               'ticket', case when p_case.ticket_number is not null then jsonb_build_object(
                             'helpDesk', p_case.help_desk, 'number', p_case.ticket_number, 'url', p_case.ticket_url) end,
               'note', nullif(left(p_case.note, 4000), ''),
               'decision', case when p_case.decided_by is not null
                                then jsonb_build_object('by', p_case.decided_by, 'reason', p_case.decision_reason) end,
               'deadline', case when p_order.state = 'UNDER_REVIEW' and p_case.state in ('OPEN', 'WAITING_FOR_CUSTOMER')
                                     and p_case.kind in ('CREDIT_LIMIT', 'TECHNICAL')
                                then p_order.held_until else p_case.deadline end,
               'createdAt', p_case.created_at, 'endedAt', p_case.ended_at))
      from (select p_case.customer_id) asked
      left join (select customer_id, name, phone, email
                   from customer left join customer_email using (customer_id) where until is null) account
        using (customer_id)
$$;

create or replace function credit_view(p_limit bigint, p_exposure bigint) returns jsonb
    language sql volatile as $$
    select case when p_limit is not null then jsonb_build_object(
               'limit', money_view(p_limit, setting('credit') ->> 'currency'),
               'exposure', money_view(p_exposure, setting('credit') ->> 'currency')) end
$$;

-- The latest 500 things that were said about a case, the oldest first.
create or replace function case_messages(p_case_number text) returns jsonb
    language sql stable as $$
    select coalesce(jsonb_agg(jsonb_strip_nulls(jsonb_build_object(
                        'messageId', message_id, 'kind', kind, 'by', author, 'text', text, 'at', at))
                              order by at, message_id), '[]')
      from (select * from case_message where case_number = p_case_number
             order by at desc, message_id desc limit 500) latest
$$;

-- The whole case, with what its customer may owe and owes, then and now; null when there is none.
create or replace function case_view(p_case_number text) returns jsonb
    language sql volatile as $$
    select case_summary(case_file, orders) || jsonb_strip_nulls(jsonb_build_object(
               'messages', case_messages(case_number),
               'creditThen', credit_view(limit_then, exposure_then),
               'creditNow', case when case_file.customer_id is not null then credit_view(
                   coalesce(account.limit_amount, (setting('credit') ->> 'defaultLimit')::bigint),
                   coalesce(account.exposure, 0)) end))
      from case_file
      left join orders on orders.order_id = case_file.order_id
      left join credit_account account on account.customer_id = case_file.customer_id
     where case_number = p_case_number
$$;

-- Why nothing can be done with a case; null when something can.
create or replace function case_refusal(p jsonb, p_case case_file, p_order orders) returns jsonb
    language sql volatile as $$
    select case
        when case_state(p_case, p_order) not in ('OPEN', 'WAITING_FOR_CUSTOMER') then refused('CASE_ENDED')
        when p_case.version <> (p ->> 'version')::bigint then refused('VERSION_CONFLICT')
    end
$$;

-- Locks a case, its order before it, and says why a command cannot be carried out, or what it has answered before.
create or replace function take_case(p jsonb, out taken case_file, out about orders, out refusal jsonb)
    language plpgsql as $$
begin
    select orders.* into about from orders join case_file using (order_id)
     where case_number = p ->> 'caseNumber' for update of orders;
    select * into taken from case_file where case_number = p ->> 'caseNumber' for update;
    refusal := case when not found then refused('CASE_NOT_FOUND')
                    else coalesce(earlier_answer(p), case_refusal(p, taken, about)) end;
end
$$;

-- Notes what was done to a case, and answers with it.
create or replace function case_answer(p jsonb, p_case case_file, p_action text, p_details jsonb default '{}') returns jsonb
    language plpgsql as $$
begin
    perform audit(actor_name(p), p_action, p_case.case_number,
                  jsonb_build_object('orderId', p_case.order_id, 'customerId', p_case.customer_id) || p_details);
    return remember_answer(p, jsonb_build_object('case', case_view(p_case.case_number)));
end
$$;

-- Whether somebody of the own staff, or a program of the organiser's, is called so.
create or replace function on_the_staff(p_name text) returns boolean
    language sql stable as $$
    select exists (select from staff_account where user_name = p_name and locked_at is null)
        or exists (select from api_client where client_id = p_name and locked_at is null and not scopes @> '{partner}')
$$;

create or replace function assign_case(p jsonb) returns jsonb
    language plpgsql as $$
declare
    v_taken record := take_case(p);
    v_case  case_file := v_taken.taken;
begin
    if v_taken.refusal is not null then
        return v_taken.refusal;
    end if;
    if p ? 'assignee' and not on_the_staff(p ->> 'assignee') then
        return refused('STAFF_UNKNOWN');
    end if;
    update case_file set assignee = p ->> 'assignee' where case_number = v_case.case_number;
    return case_answer(p, v_case, 'case.assign',
                       jsonb_build_object('before', v_case.assignee, 'after', p ->> 'assignee'));
end
$$;

create or replace function comment_on_case(p jsonb) returns jsonb
    language plpgsql as $$
declare
    v_case case_file;
    v_seen jsonb;
begin
    select * into v_case from case_file where case_number = p ->> 'caseNumber';
    if not found then
        return refused('CASE_NOT_FOUND');
    end if;
    v_seen := earlier_answer(p);
    if v_seen is not null then
        return v_seen;
    end if;
    insert into case_message (case_number, kind, author, text)
    values (v_case.case_number, 'COMMENT', actor_name(p), p ->> 'text');
    return case_answer(p, v_case, 'case.comment', jsonb_build_object('text', p ->> 'text'));
end
$$;

-- The page on which the customer of a case can answer: their order's shop's, or any of a customer who only asked for a limit.
create or replace function case_page(p_order_id uuid) returns text
    language sql stable as $$
    select case_page_url from shop
     where case_page_url is not null
       and (p_order_id is null or shop_id = (select shop_id from orders where order_id = p_order_id))
     order by shop_id limit 1
$$;

-- Mails a question. The case waits for the answer; its deadline stays as it is.
create or replace function ask_customer(p jsonb) returns jsonb
    language plpgsql as $$
declare
    v_taken record := take_case(p);
    v_case  case_file := v_taken.taken;
    v_view  jsonb;
begin
    if v_taken.refusal is not null then
        return v_taken.refusal;
    end if;
    if not for_customers(v_case) then
        return refused('CASE_KIND_CONFLICT');
    end if;
    if case_page(v_case.order_id) is null then
        return refused('CASE_PAGE_MISSING');
    end if;
    v_view := case_summary(v_case, v_taken.about);
    if not v_view ? 'buyerEmail' then
        return refused('CONTACT_MISSING');
    end if;
    insert into case_message (message_id, case_number, kind, author, text, token_hash)
    values ((p ->> 'messageId')::uuid, v_case.case_number, 'QUESTION', actor_name(p), p ->> 'text',
            decode(p ->> 'tokenHash', 'hex'));
    update case_file set state = 'WAITING_FOR_CUSTOMER' where case_number = v_case.case_number;
    perform post_case_mail('case-question', v_case.case_number, (p ->> 'messageId')::uuid);
    return case_answer(p, v_case, 'case.ask', jsonb_build_object('text', p ->> 'text'));
end
$$;

create or replace function post_case_mail(p_template text, p_case_number text, p_message_id uuid default null) returns void
    language sql volatile as $$
    select post_message('CASE_MAIL', p_template || ':' || p_case_number || coalesce(':' || p_message_id, ''),
                        jsonb_strip_nulls(jsonb_build_object('template', p_template, 'caseNumber', p_case_number,
                                                             'messageId', p_message_id)))
$$;

-- What is said to customers: matters that they have been told of.
create or replace function for_customers(p_case case_file) returns boolean
    language sql immutable as $$
    select p_case.kind in ('CREDIT_LIMIT', 'LIMIT_REQUEST') or p_case.kind = 'TECHNICAL' and p_case.order_id is not null
$$;

-- The latest question of a case, which an answer is to.
create or replace function present_question(p_case_number text) returns case_message
    language sql stable as $$
    select * from case_message where case_number = p_case_number and kind = 'QUESTION'
     order by at desc, message_id desc limit 1
$$;

-- Whether whoever asks may see a case: by the secret of a question about it, that of its order, or as its customer.
create or replace function shown_to(p jsonb, p_case case_file, p_order orders) returns boolean
    language sql stable as $$
    select for_customers(p_case) and coalesce(
        p_order.token_hash = decode(p ->> 'orderTokenHash', 'hex')
        or p_case.customer_id = (p ->> 'customerId')::uuid
        or exists (select from case_message
                    where case_number = p_case.case_number and token_hash = decode(p ->> 'caseTokenHash', 'hex')), false)
$$;

create or replace function customer_case_view(p_case case_file, p_order orders) returns jsonb
    language sql volatile as $$
    select jsonb_strip_nulls(jsonb_build_object(
               'caseNumber', p_case.case_number, 'state', state, 'aboutLimit', p_case.kind = 'LIMIT_REQUEST',
               'question', case when state = 'WAITING_FOR_CUSTOMER'
                                then (select text from present_question(p_case.case_number)) end,
               'orderId', p_case.order_id, 'orderNumber', p_order.order_number::text,
               'requestedLimit', money_view(p_case.requested_limit, p_case.currency),
               'deadline', case when state in ('OPEN', 'WAITING_FOR_CUSTOMER') and p_order.state = 'UNDER_REVIEW'
                                then p_order.held_until end,
               'createdAt', p_case.created_at, 'endedAt', p_case.ended_at))
      from (select case_state(p_case, p_order) as state) present
$$;

create or replace function find_customer_case(p jsonb) returns jsonb
    language sql volatile as $$
    select coalesce(
        (select jsonb_build_object('case', customer_case_view(case_file, orders))
           from case_file left join orders on orders.order_id = case_file.order_id
          where case_number = p ->> 'caseNumber' and shown_to(p, case_file, orders)),
        refused('CASE_NOT_FOUND'))
$$;

-- The customer has answered: the case is looked at again.
create or replace function answer_case(p jsonb) returns jsonb
    language plpgsql as $$
declare
    v_case  case_file;
    v_order orders;
    v_seen  jsonb;
begin
    select orders.* into v_order from orders join case_file using (order_id)
     where case_number = p ->> 'caseNumber' for update of orders;
    select * into v_case from case_file where case_number = p ->> 'caseNumber' for update;
    if not found or not shown_to(p, v_case, v_order) then
        return refused('CASE_NOT_FOUND');
    end if;
    v_seen := earlier_answer(p);
    if v_seen is not null then
        return v_seen;
    end if;
    if case_state(v_case, v_order) <> 'WAITING_FOR_CUSTOMER' then
        return refused('CASE_NOT_WAITING');
    end if;
    insert into case_message (case_number, kind, text) values (v_case.case_number, 'ANSWER', p ->> 'text');
    update case_file set state = 'OPEN' where case_number = v_case.case_number returning * into v_case;
    return remember_answer(p, jsonb_build_object('case', customer_case_view(v_case, v_order)));
end
$$;
