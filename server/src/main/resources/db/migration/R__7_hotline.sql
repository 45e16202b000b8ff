-- Finding customers for whoever answers the phone, and letting them in again.

-- What tells whether somebody can sign in and what to do if not.
create or replace function login_standing(p_customer customer) returns jsonb
    language sql volatile as $$
    select jsonb_strip_nulls(jsonb_build_object(
        'canLogIn', can_log_in(p_customer), 'needsClaim', needs_claim(p_customer), 'locked', p_customer.locked_at is not null,
        'mergedInto', p_customer.merged_into, 'erased', p_customer.erased_at is not null,
        'emailProven', exists (select from customer_email address
                                where address.customer_id = p_customer.customer_id and until is null and proven_at is not null),
        'formerPassword', p_customer.first_login_at is null
                          and (p_customer.sealed_hash is not null or coalesce(p_customer.password_hash not like '{argon2}%', false)),
        'lastLoginAt', p_customer.last_login_at,
        'lately', coalesce(p_customer.last_login_at > clock_timestamp() - interval '1 day', false)))
$$;

create or replace function customer_hit_view(p_customer customer, p_matched_by text) returns jsonb
    language sql volatile as $$
    select jsonb_strip_nulls(jsonb_build_object(
        'customerId', p_customer.customer_id, 'name', p_customer.name, 'phone', p_customer.phone,
        'email', (select email from customer_email where customer_id = p_customer.customer_id and until is null),
        'matchedBy', p_matched_by, 'createdAt', p_customer.created_at, 'login', login_standing(p_customer)))
$$;

-- Whoever has the digits, with and without the code of a country.
create or replace function customers_by_phone(p_phone text) returns table (customer_id uuid)
    language sql stable as $$
    select customer.customer_id
      from customer, lateral (select phone_digits(p_phone) as said, phone_digits(phone) as known) digits
     where right(phone_digits(phone), 8) = right(said, 8) and phone is not null and length(said) >= 5
       and (said like '%' || known or known like '%' || said)
     limit 1001
$$;

-- Who is meant, and by what they were found; never more than a thousand and one.
create or replace function customer_hits(p jsonb) returns table (customer_id uuid, matched_by text, rank integer)
    language plpgsql as $$
declare
    v_match bytea := decode(p ->> 'matchKey', 'hex');
    v_words text[] := name_words(p ->> 'name');
begin
    if p ? 'matchKey' then
        return query
            select distinct on (hit.customer_id) hit.customer_id, hit.matched_by, hit.rank
              from (select address.customer_id, case when until is null then 'CURRENT_ADDRESS' else 'FORMER_ADDRESS' end as matched_by,
                           case when until is null then 1 else 2 end as rank
                      from customer_email address where match_key = v_match
                    union all
                    (select orders.customer_id, 'ORDER_ADDRESS', 3
                       from orders where match_key = v_match and orders.customer_id is not null limit 1001)) hit
             order by hit.customer_id, hit.rank limit 1001;
    elsif p ? 'customerId' then
        return query
            select customer.customer_id, 'CUSTOMER_ID', 1 from customer where customer.customer_id = (p ->> 'customerId')::uuid;
    elsif p ? 'userName' then
        return query
            select named.customer_id, 'USER_NAME', 1 from customer_user_name named
             where named.canonical = p ->> 'userName';
    elsif p ? 'orderNumber' then
        return query
            select orders.customer_id, 'ORDER', 1 from orders
             where order_number = (p ->> 'orderNumber')::bigint and orders.customer_id is not null;
    elsif p ? 'phone' then
        return query select found.customer_id, 'PHONE', 1 from customers_by_phone(p ->> 'phone') found;
    elsif cardinality(v_words) > 0 then
        return query
            select customer.customer_id, 'NAME', 1 from customer where name_words(name) @> v_words limit 1001;
    end if;
end
$$;

-- One more customer than the page has, if there is one more. A plan that was made while the tables were small is not to read all
-- of them later.
create or replace function search_customers(p jsonb) returns jsonb
    language sql volatile set enable_seqscan = off as $$
    with hit as materialized (
        select * from customer_hits(p)
    ), page as materialized (
        select hit.matched_by, hit.rank, found as customer, found.created_at, found.customer_id
          from (select * from hit limit 1000) hit
          join customer found using (customer_id)
         where not p ? 'afterRank'
            or rank > (p ->> 'afterRank')::integer
            or rank = (p ->> 'afterRank')::integer
               and (found.created_at, found.customer_id) < ((p ->> 'beforeAt')::timestamptz, (p ->> 'beforeId')::uuid)
         order by rank, found.created_at desc, found.customer_id desc
         limit (p ->> 'limit')::integer
    )
    select jsonb_build_object(
        'hits', (select coalesce(jsonb_agg(customer_hit_view(page.customer, matched_by) || jsonb_build_object('rank', rank)
                                           order by rank, created_at desc, customer_id desc), '[]') from page),
        'complete', (select count(*) <= 1000 from hit),
        'guestOrders', (select count(*)
                          from (select from orders
                                 where match_key = decode(p ->> 'matchKey', 'hex') and customer_id is null limit 1000) theirs))
$$;

create or replace function customer_mail_view(p_link account_link) returns jsonb
    language sql volatile as $$
    select jsonb_build_object(
        'kind', p_link.kind, 'email', p_link.email, 'sentAt', p_link.created_at, 'expiresAt', p_link.expires_at,
        'state', case when p_link.used_at is not null then 'USED'
                      when p_link.voided_at is not null then 'VOID'
                      when p_link.expires_at <= clock_timestamp() then 'EXPIRED'
                      else 'OPEN' end)
$$;

-- A customer on one page; null when there is none.
create or replace function customer_file_view(p_customer_id uuid) returns jsonb
    language sql volatile as $$
    select customer_hit_view(customer, 'CUSTOMER_ID') || jsonb_strip_nulls(jsonb_build_object(
        'language', language, 'firstLoginAt', first_login_at, 'passwordChangedAt', password_changed_at,
        'lockedAt', locked_at, 'lockedBy', locked_by, 'lockReason', lock_reason, 'mergedAt', merged_at, 'erasedAt', erased_at,
        'mergedFrom', (select coalesce(jsonb_agg(customer_id order by merged_at desc, customer_id), '[]')
                         from (select * from customer other where other.merged_into = p_customer_id
                                order by merged_at desc, customer_id limit 100) other),
        'addresses', (select coalesce(jsonb_agg(jsonb_build_object('email', email, 'since', since, 'until', until,
                                                                   'provenAt', proven_at)
                                                order by until desc nulls first, since desc), '[]')
                        from (select * from customer_email where customer_id = p_customer_id
                               order by until desc nulls first, since desc limit 100) address),
        'userNames', (select coalesce(jsonb_agg(user_name order by canonical), '[]')
                        from (select * from customer_user_name where customer_id = p_customer_id
                               order by canonical limit 100) named),
        'mails', (select coalesce(jsonb_agg(customer_mail_view(link) order by link.created_at desc, link.link_id desc), '[]')
                    from (select * from account_link where customer_id = p_customer_id
                           order by created_at desc, link_id desc limit 100) link),
        'orders', (select count(*) from orders where customer_id = p_customer_id),
        'openOrders', (select count(*) from orders
                        where customer_id = p_customer_id and held_until is not null
                          and (held_until > clock_timestamp() or state = 'AT_BOX_OFFICE')),
        'openCases', (select count(*) from case_file
                       where customer_id = p_customer_id and state in ('OPEN', 'WAITING_FOR_CUSTOMER')),
        'blocked', blacklisted(person_keys(null, p_customer_id)),
        'newsletter', newsletter_state(p_customer_id), 'newsletterObstacle', newsletter_obstacle(customer)))
      from customer where customer_id = p_customer_id
$$;

-- Locks the row of an account and says why nothing can be done with it; null when something can.
create or replace function take_account(p_customer_id uuid, out account customer, out refusal jsonb)
    language plpgsql as $$
begin
    select * into account from customer where customer_id = p_customer_id for no key update;
    refusal := case when not found then refused('CUSTOMER_NOT_FOUND')
                    when account.merged_into is not null or account.erased_at is not null then refused('ACCOUNT_ENDED') end;
end
$$;

-- Nobody gets in any more: sessions and links end with it.
create or replace function lock_customer(p jsonb) returns jsonb
    language plpgsql as $$
declare
    v_customer uuid := (p ->> 'customerId')::uuid;
    v_taken    record := take_account(v_customer);
begin
    if v_taken.refusal is not null then
        return v_taken.refusal;
    end if;
    if (v_taken.account).lock_reason is distinct from p ->> 'reason' then
        if (v_taken.account).locked_at is null then
            perform end_sessions(v_customer, true);
        end if;
        update customer
           set locked_at = coalesce(locked_at, clock_timestamp()), locked_by = p ->> 'by', lock_reason = p ->> 'reason'
         where customer_id = v_customer;
        perform audit(p ->> 'by', 'customer.lock', v_customer::text, jsonb_build_object('reason', p -> 'reason'));
    end if;
    return jsonb_build_object('customer', customer_file_view(v_customer));
end
$$;

create or replace function unlock_customer(p jsonb) returns jsonb
    language plpgsql as $$
declare
    v_customer uuid := (p ->> 'customerId')::uuid;
    v_taken    record := take_account(v_customer);
begin
    if v_taken.refusal is not null then
        return v_taken.refusal;
    end if;
    if (v_taken.account).locked_at is not null then
        update customer set locked_at = null, locked_by = null, lock_reason = null where customer_id = v_customer;
        perform audit(p ->> 'by', 'customer.unlock', v_customer::text, jsonb_build_object('reason', p -> 'reason'));
    end if;
    return jsonb_build_object('customer', customer_file_view(v_customer));
end
$$;

-- Mails a link of the kind that the account needs. Its row is locked, so of two who send at once the second sees the first.
create or replace function send_way_in(p jsonb) returns jsonb
    language plpgsql as $$
declare
    v_customer uuid := (p ->> 'customerId')::uuid;
    v_kind     text := p ->> 'kind';
    v_taken    record := take_account(v_customer);
    v_link     uuid;
begin
    if v_taken.refusal is not null then
        return v_taken.refusal;
    end if;
    if (v_taken.account).locked_at is not null then
        return refused('ACCOUNT_LOCKED');
    end if;
    if needs_claim(v_taken.account) <> (v_kind = 'CLAIM') then
        return refused(case v_kind when 'CLAIM' then 'CLAIM_NOT_NEEDED' else 'CLAIM_NEEDED' end);
    end if;
    if v_kind = 'CLAIM' then
        v_link := mail_claim(v_customer, (p ->> 'seconds')::double precision);
    elsif (select count(*) from account_link
            where customer_id = v_customer and kind = 'RESET' and created_at > clock_timestamp() - interval '1 hour') < 3 then
        v_link := mail_account_link('RESET', v_customer, (p ->> 'seconds')::double precision);
    end if;
    if v_link is null then
        return refused('MAIL_SENT_BEFORE');
    end if;
    perform audit(p ->> 'by', case v_kind when 'CLAIM' then 'customer.send-claim' else 'customer.send-reset' end,
                  v_customer::text, jsonb_build_object('linkId', v_link));
    return jsonb_build_object('customer', customer_file_view(v_customer));
end
$$;
