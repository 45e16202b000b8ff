-- Signing in, and staying signed in.

-- Whose account somebody signs in to, with what they typed: a current address, or a user name of the former shop. Always one row.
create or replace function login_facts(p_login text)
    returns table (login_open boolean, customer_id uuid, password_hash text, sealed_hash bytea, password_changed_at timestamptz)
    language sql stable as $$
    select login_open(), customer.customer_id, customer.password_hash, customer.sealed_hash, customer.password_changed_at
      from (select coalesce((select address.customer_id from customer_email address
                              where address.canonical = p_login and address.until is null),
                            (select named.customer_id from customer_user_name named
                              where named.canonical = p_login)) as found) sought
      left join customer on customer.customer_id = sought.found
$$;

-- The cart that somebody is in the middle of: it gets a little more time, once and within its cap, and is theirs if they are known.
create or replace function take_cart_along(p_cart jsonb, p_customer_id uuid) returns void
    language plpgsql as $$
declare
    v_cart  cart := lock_cart(p_cart);
    v_until timestamptz;
begin
    if v_cart.cart_id is null or outside_state(v_cart) <> 'OPEN' then
        return;
    end if;
    select case when v_cart.sign_in_extended or v_cart.first_hold_at is null then v_cart.expires_at
                else greatest(v_cart.expires_at, least(v_cart.expires_at + extension_seconds * interval '1 second',
                                                       v_cart.first_hold_at + hold_cap_seconds * interval '1 second')) end
      into v_until
      from shop where shop_id = v_cart.shop_id;
    update cart
       set customer_id = coalesce(customer_id, p_customer_id), expires_at = v_until,
           sign_in_extended = sign_in_extended or first_hold_at is not null
     where cart_id = v_cart.cart_id;
    update place set held_until = v_until where holder = v_cart.cart_id and held_until <> v_until;
end
$$;

-- Orders that somebody made as a guest with the address that they have proven now. What is still open of them stays as it is until it
-- has ended, because it would count against a limit that nobody has checked.
create or replace function take_guest_orders(p_customer_id uuid) returns void
    language plpgsql as $$
begin
    update orders set customer_id = p_customer_id
     where order_id in (select order_id
                          from orders
                          join customer_email address using (match_key)
                         where orders.customer_id is null and address.customer_id = p_customer_id
                           and address.until is null and address.proven_at is not null
                           and lower(orders.buyer ->> 'email') in (lower(address.email), address.canonical)
                           and orders.state in ('CONFIRMED', 'CANCELLED', 'EXPIRED', 'REFUNDED') and not counts_for_limit(orders)
                         order by order_id limit 1000
                           for update of orders skip locked);
end
$$;

-- Opens a session for whoever has shown who they are, if the account still lets them in and has the password that was checked.
-- Whoever has too many loses the one that was used least.
create or replace function open_session(p jsonb) returns jsonb
    language plpgsql as $$
declare
    v_customer uuid := (p ->> 'customerId')::uuid;
    v_account  customer;
    v_ends     timestamptz := clock_timestamp() + (p -> 'session' ->> 'idleSeconds')::double precision * interval '1 second';
begin
    -- The cart is locked first, as everywhere, but not for an account that lets nobody in: its hold would tell that the password is right.
    if p ? 'cart' and exists (select from customer
                               where customer_id = v_customer and can_log_in(customer)
                                 and password_changed_at is not distinct from (p ->> 'passwordChangedAt')::timestamptz) then
        perform take_cart_along(p -> 'cart', v_customer);
    end if;
    update customer
       set first_login_at = coalesce(first_login_at, clock_timestamp()), last_login_at = clock_timestamp()
     where customer_id = v_customer and can_log_in(customer)
       and password_changed_at is not distinct from (p ->> 'passwordChangedAt')::timestamptz
    returning * into v_account;
    if not found then
        return refused('LOGIN_FAILED');
    end if;
    insert into customer_session (session_id, customer_id, session_version, advised, ends_at)
    values ((p -> 'session' ->> 'sessionId')::uuid, v_customer, v_account.session_version, (p -> 'session' ->> 'advised')::boolean, v_ends);
    delete from customer_session
     where session_id in (select session_id from customer_session where customer_id = v_customer
                           order by renewed_at desc, session_id offset (p -> 'session' ->> 'mostSessions')::integer);
    perform take_guest_orders(v_customer);
    return jsonb_build_object('session', jsonb_build_object(
        'sessionId', p -> 'session' -> 'sessionId', 'customerId', v_customer, 'generation', 1, 'advised', p -> 'session' -> 'advised',
        'secondsLeft', floor(extract(epoch from v_ends - clock_timestamp()))));
end
$$;

-- The next generation of a session. The same again within a moment is answered with the same; a token that was used longer ago is a
-- copy, and ends the session for both.
create or replace function renew_session(p jsonb) returns jsonb
    language plpgsql as $$
declare
    v_session customer_session;
begin
    select session.* into v_session
      from customer_session session
      join customer using (customer_id)
     where session_id = (p ->> 'sessionId')::uuid and session.session_version = customer.session_version
       and can_log_in(customer)
       for no key update of session;
    if not found or v_session.ends_at <= clock_timestamp() then
        return refused('SESSION_OVER');
    end if;
    if v_session.generation = (p ->> 'generation')::bigint then
        update customer_session
           set generation = generation + 1, renewed_at = clock_timestamp(),
               ends_at = least(clock_timestamp() + (p ->> 'idleSeconds')::double precision * interval '1 second',
                               created_at + (p ->> 'mostSeconds')::double precision * interval '1 second')
         where session_id = v_session.session_id
        returning * into v_session;
    elsif v_session.generation <> (p ->> 'generation')::bigint + 1
          or v_session.renewed_at < clock_timestamp() - (p ->> 'graceSeconds')::double precision * interval '1 second' then
        delete from customer_session where session_id = v_session.session_id;
        return refused('SESSION_OVER');
    end if;
    return jsonb_build_object('session', jsonb_build_object(
        'sessionId', v_session.session_id, 'customerId', v_session.customer_id, 'generation', v_session.generation,
        'advised', v_session.advised, 'secondsLeft', floor(extract(epoch from v_session.ends_at - clock_timestamp()))));
end
$$;
