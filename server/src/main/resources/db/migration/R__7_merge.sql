-- Two accounts of one person become one. What the one had is the other's, what is stricter holds, and nothing of it can be undone.

-- Locks accounts with everything of theirs that others work on, in everybody's order. Whoever was buying meanwhile has made a cart or
-- an order that nobody had locked: then the locks are given back and taken once more.
create or replace function lock_accounts(p_customers uuid[]) returns void
    language plpgsql as $$
declare
    v_carts  uuid[];
    v_orders uuid[];
begin
    for v_try in 1 .. 5 loop
        begin
            select coalesce(array_agg(cart_id), '{}') into v_carts
              from (select cart_id from cart where customer_id = any (p_customers) and state = 'OPEN'
                     order by cart_id for update) locked;
            select coalesce(array_agg(order_id), '{}') into v_orders
              from (select order_id from orders where customer_id = any (p_customers) order by order_id for update) locked;
            perform from case_file where customer_id = any (p_customers) order by case_number for update;
            perform lock_person(array(select distinct unnest(person_keys(null, id)) from unnest(p_customers) id));
            perform from customer where customer_id = any (p_customers) order by customer_id for update;
            perform from credit_account where customer_id = any (p_customers) order by customer_id for update;
            if not exists (select from cart where customer_id = any (p_customers) and state = 'OPEN' and cart_id <> all (v_carts))
               and not exists (select from orders where customer_id = any (p_customers) and order_id <> all (v_orders)) then
                return;
            end if;
            raise exception using errcode = 'AK004', message = 'another purchase has been made';
        exception when sqlstate 'AK004' then
            null;
        end;
    end loop;
    raise exception using errcode = '55P03', message = 'this person is buying too fast';
end
$$;

-- What one may owe; null where the installation's default applies.
create or replace function own_limit(p_customer_id uuid) returns bigint
    language sql stable as $$
    select limit_amount from credit_account where customer_id = p_customer_id
$$;

-- The stricter one of two limits; null where both have the default.
create or replace function stricter_limit(p_one bigint, p_other bigint) returns bigint
    language sql stable as $$
    select case when p_one is not null or p_other is not null
                then least(coalesce(p_one, of_all), coalesce(p_other, of_all)) end
      from (select (setting('credit') ->> 'defaultLimit')::bigint as of_all) standard
$$;

create or replace function exposure_of(p_customer_id uuid) returns bigint
    language sql stable as $$
    select coalesce((select exposure from credit_account where customer_id = p_customer_id), 0)
$$;

-- One of the two accounts, as it is now.
create or replace function merge_side(p_customer customer) returns jsonb
    language sql volatile as $$
    select jsonb_strip_nulls(jsonb_build_object(
        'customerId', p_customer.customer_id, 'name', p_customer.name, 'phone', p_customer.phone,
        'email', (select email from customer_email where customer_id = p_customer.customer_id and until is null),
        'limit', money_view(coalesce(own_limit(p_customer.customer_id), (setting('credit') ->> 'defaultLimit')::bigint),
                            setting('credit') ->> 'currency'),
        'exposure', money_view(exposure_of(p_customer.customer_id), setting('credit') ->> 'currency'),
        'blocked', blacklisted(person_keys(null, p_customer.customer_id)),
        'newsletter', newsletter_state(p_customer.customer_id),
        'orders', (select count(*) from orders where customer_id = p_customer.customer_id),
        'createdAt', p_customer.created_at))
$$;

-- What the newsletter will have to do with them.
create or replace function merged_newsletter(p_from text, p_into text) returns text
    language sql immutable as $$
    select case when p_from = 'WITHDRAWN' and p_into = 'SUBSCRIBED' then 'WITHDRAWN'
                when p_from = 'SUBSCRIBED' and p_into in ('NONE', 'REQUESTED') then 'SUBSCRIBED'
                else p_into end
$$;

-- Why the two cannot become one.
create or replace function merge_conflicts(p_survivor customer, p_loser customer) returns jsonb
    language sql stable as $$
    select to_jsonb(array_remove(array[
        case when p_survivor.merged_into is not null or p_survivor.erased_at is not null
                  or p_loser.merged_into is not null or p_loser.erased_at is not null then 'ENDED' end,
        case when p_survivor.locked_at is not null or p_loser.locked_at is not null then 'LOCKED' end,
        case when (select count(distinct customer_id) from case_file
                    where customer_id in (p_survivor.customer_id, p_loser.customer_id) and kind = 'LIMIT_REQUEST'
                      and state in ('OPEN', 'WAITING_FOR_CUSTOMER')) > 1 then 'TWO_LIMIT_REQUESTS' end,
        case when exists (select from case_file
                           where customer_id in (p_survivor.customer_id, p_loser.customer_id) and kind = 'TECHNICAL'
                             and order_id is null and state in ('OPEN', 'WAITING_FOR_CUSTOMER')) then 'BOOKS_DIFFER' end], null))
$$;

-- Everything that the merge will do, and a digest of all that it is decided by.
create or replace function merge_view(p_survivor customer, p_loser customer) returns jsonb
    language sql volatile as $$
    with side as materialized (
        select merge_side(p_survivor) as survivor, merge_side(p_loser) as loser
    ), view as (
        select jsonb_build_object(
            'survivor', survivor, 'loser', loser,
            'moves', jsonb_build_object(
                'orders', loser -> 'orders',
                'openOrders', (select count(*) from orders
                                where customer_id = p_loser.customer_id and held_until is not null),
                'cases', (select count(*) from case_file where customer_id = p_loser.customer_id),
                'carts', (select count(*) from cart where customer_id = p_loser.customer_id and state = 'OPEN'),
                'addresses', (select coalesce(jsonb_agg(distinct email), '[]')
                                from (select email from customer_email where customer_id = p_loser.customer_id limit 100) address),
                'userNames', (select coalesce(jsonb_agg(user_name order by user_name), '[]')
                                from (select user_name from customer_user_name
                                       where customer_id = p_loser.customer_id limit 100) named)),
            'after', jsonb_build_object(
                'limit', money_view(coalesce(stricter_limit(own_limit(p_survivor.customer_id), own_limit(p_loser.customer_id)),
                                             (setting('credit') ->> 'defaultLimit')::bigint), setting('credit') ->> 'currency'),
                'exposure', money_view(exposure_of(p_survivor.customer_id) + exposure_of(p_loser.customer_id),
                                       setting('credit') ->> 'currency'),
                'blocked', (survivor ->> 'blocked')::boolean or (loser ->> 'blocked')::boolean,
                'newsletter', merged_newsletter(loser ->> 'newsletter', survivor ->> 'newsletter')),
            'conflicts', merge_conflicts(p_survivor, p_loser)) as content
          from side
    )
    select content || jsonb_build_object('digest', encode(sha256(convert_to(concat_ws(E'\n', content,
               (select string_agg(order_id || ' ' || version, ' ' order by order_id) from orders
                 where customer_id in (p_survivor.customer_id, p_loser.customer_id)),
               (select string_agg(case_number || ' ' || version, ' ' order by case_number) from case_file
                 where customer_id in (p_survivor.customer_id, p_loser.customer_id))), 'UTF8')), 'hex'))
      from view
$$;

create or replace function preview_merge(p jsonb) returns jsonb
    language plpgsql as $$
declare
    v_survivor customer;
    v_loser    customer;
begin
    select * into v_survivor from customer where customer_id = (p ->> 'survivorId')::uuid;
    select * into v_loser from customer where customer_id = (p ->> 'loserId')::uuid;
    if v_survivor.customer_id is null or v_loser.customer_id is null then
        return refused('CUSTOMER_NOT_FOUND');
    end if;
    perform audit(p ->> 'by', 'customer.preview-merge', p ->> 'survivorId', jsonb_build_object('loserId', p -> 'loserId'));
    return jsonb_build_object('preview', merge_view(v_survivor, v_loser));
end
$$;

-- Exposures add up, with the entries that explain them; the stricter limit holds.
create or replace function merge_credit(p_survivor uuid, p_loser uuid, p_reason text, p_by text) returns void
    language plpgsql as $$
declare
    v_limit bigint := own_limit(p_survivor);
    v_new   bigint := stricter_limit(v_limit, own_limit(p_loser));
begin
    if not exists (select from credit_account where customer_id = p_loser) then
        return;
    end if;
    insert into credit_account (customer_id) values (p_survivor) on conflict do nothing;
    update credit_entry set customer_id = p_survivor where customer_id = p_loser;
    update credit_account
       set exposure = exposure + exposure_of(p_loser), limit_amount = v_new,
           version = version + case when v_new is distinct from v_limit then 1 else 0 end
     where customer_id = p_survivor;
    update credit_account set exposure = 0 where customer_id = p_loser;
    if v_new is distinct from v_limit then
        insert into credit_limit_change (customer_id, from_amount, to_amount, reason, changed_by)
        values (p_survivor, v_limit, v_new, p_reason, p_by);
    end if;
end
$$;

-- The addresses of the one are former ones of the other: they find the person, and sign nobody in.
create or replace function merge_identity(p_survivor uuid, p_loser uuid) returns void
    language plpgsql as $$
begin
    update customer_email set until = clock_timestamp() where customer_id = p_loser and until is null;
    update customer_email set customer_id = p_survivor where customer_id = p_loser;
    update customer_user_name set customer_id = p_survivor where customer_id = p_loser;
    update legacy_customer set customer_id = p_survivor, joined_at = coalesce(joined_at, clock_timestamp())
     where customer_id = p_loser;
    perform end_sessions(p_survivor, true), end_sessions(p_loser, true);
    update redirected_checkout
       set customer_id = case when customer_id = p_loser then p_survivor else customer_id end,
           owner_id = case when owner_id = p_loser then p_survivor else owner_id end
     where person_keys @> array[uuid_send(p_loser)] and p_loser in (customer_id, owner_id);
    update blacklist_disclosure set customer_id = p_survivor where customer_id = p_loser;
    update customer
       set merged_into = p_survivor, merged_at = clock_timestamp(), password_hash = null, sealed_hash = null
     where customer_id = p_loser;
    update customer set merged_into = p_survivor where merged_into = p_loser;
end
$$;

create or replace function merge_customers(p jsonb) returns jsonb
    language plpgsql as $$
declare
    v_survivor uuid := (p ->> 'survivorId')::uuid;
    v_loser    uuid := (p ->> 'loserId')::uuid;
    v_seen     jsonb := earlier_answer(p);
    v_view     jsonb;
begin
    if v_seen is not null then
        return v_seen;
    end if;
    perform lock_accounts(array[v_survivor, v_loser]);
    select merge_view(survivor, loser) into v_view
      from customer survivor, customer loser
     where survivor.customer_id = v_survivor and loser.customer_id = v_loser;
    v_seen := coalesce(
        earlier_answer(p),
        case when v_view is null then refused('CUSTOMER_NOT_FOUND')
             when v_view -> 'conflicts' <> '[]'
                 then refused('MERGE_CONFLICT', jsonb_build_object('conflicts', v_view -> 'conflicts'))
             when v_view ->> 'digest' <> p ->> 'digest' then refused('VERSION_CONFLICT') end);
    if v_seen is not null then
        return v_seen;
    end if;
    perform merge_consents(v_loser, v_survivor, p ->> 'by');
    update cart set customer_id = v_survivor where customer_id = v_loser;
    update orders set customer_id = v_survivor where customer_id = v_loser;
    update case_file set customer_id = v_survivor where customer_id = v_loser;
    perform merge_credit(v_survivor, v_loser, p ->> 'reason', p ->> 'by');
    perform merge_identity(v_survivor, v_loser);
    perform audit(p ->> 'by', 'customer.merge', v_survivor::text,
                  jsonb_build_object('loserId', v_loser, 'reason', p -> 'reason', 'moves', v_view -> 'moves', 'after', v_view -> 'after'));
    return remember_answer(p, jsonb_build_object('merge', jsonb_build_object(
        'survivorId', v_survivor, 'loserId', v_loser, 'moves', v_view -> 'moves', 'after', v_view -> 'after')));
end
$$;
