-- Blocking a person: everything of theirs that is open ends with it, or somebody has said that it goes on.

create or replace function blacklist_entry_view(p_entry blacklist_entry) returns jsonb
    language sql volatile as $$
    select jsonb_strip_nulls(jsonb_build_object(
        'entryId', p_entry.entry_id, 'customerId', p_entry.customer_id, 'email', p_entry.email,
        'reason', p_entry.reason, 'evidence', p_entry.evidence, 'createdBy', p_entry.created_by,
        'createdAt', p_entry.created_at, 'endsAt', p_entry.ends_at, 'liftedAt', p_entry.lifted_at,
        'liftedBy', p_entry.lifted_by, 'liftNote', p_entry.lift_note, 'version', p_entry.version,
        'ended', p_entry.ended,
        'active', p_entry.lifted_at is null and coalesce(p_entry.ends_at > clock_timestamp(), true)))
$$;

-- How an entry is from now on, and who has made it so.
create or replace function note_blacklist_history(
    p_entry blacklist_entry, p_action text, p_by text, p_orders jsonb default '[]') returns void
    language sql volatile as $$
    insert into blacklist_history (entry_id, version, action, at, by, reason, evidence, ends_at, note, orders)
    values (p_entry.entry_id, p_entry.version, p_action, coalesce(p_entry.lifted_at, clock_timestamp()), p_by,
            p_entry.reason, p_entry.evidence, p_entry.ends_at, p_entry.lift_note, p_orders)
$$;

create or replace function carts_of_person(p_accounts uuid[], p_keys bytea[]) returns setof cart
    language sql volatile as $$
    select * from cart
     where state = 'OPEN' and (customer_id = any (p_accounts) or buyer_match_key = any (p_keys))
$$;

create or replace function orders_of_person(p_accounts uuid[], p_keys bytea[]) returns setof orders
    language sql volatile as $$
    select * from orders
     where held_until is not null and (customer_id = any (p_accounts) or match_key = any (p_keys))
$$;

-- What becomes of an open order when its buyer is blocked: PAYMENT ends by itself, DECIDE is for people, the rest is in somebody's
-- hands: a clerk's or the provider's.
create or replace function block_effect(p_order orders) returns text
    language sql volatile as $$
    select case
        when p_order.state = 'AT_BOX_OFFICE' or p_order.held_until <= clock_timestamp() then 'NONE'
        when p_order.state in ('RESERVED', 'UNDER_REVIEW') then 'DECIDE'
        when processing(p_order.order_id) then 'NONE'
        else 'PAYMENT' end
$$;

create or replace function blacklist_order_view(p_order orders) returns jsonb
    language sql volatile as $$
    select jsonb_strip_nulls(jsonb_build_object(
        'orderId', p_order.order_id, 'orderNumber', p_order.order_number::text, 'state', p_order.state,
        'total', jsonb_build_object('amount', p_order.total, 'currency', p_order.currency),
        'heldUntil', case when p_order.state <> 'AT_BOX_OFFICE' then p_order.held_until end,
        'toDecide', block_effect(p_order) = 'DECIDE'))
$$;

create or replace function known_person(p jsonb) returns boolean
    language sql stable as $$
    select not p ? 'customerId' or exists (select from customer where customer_id = (p ->> 'customerId')::uuid)
$$;

-- What a block would find. Locks nothing, so it can be another thing a moment later.
create or replace function preview_blacklist_entry(p jsonb) returns jsonb
    language plpgsql as $$
declare
    v_match    bytea := decode(p ->> 'matchKey', 'hex');
    v_accounts uuid[] := person_accounts(v_match, (p ->> 'customerId')::uuid);
    v_keys     bytea[] := person_keys(v_match, (p ->> 'customerId')::uuid);
begin
    if not known_person(p) then
        return refused('CUSTOMER_NOT_FOUND');
    end if;
    perform audit(p ->> 'by', 'blacklist.preview', coalesce(p ->> 'customerId', p ->> 'matchKey'));
    return jsonb_build_object('preview', jsonb_build_object(
        'entries', (select coalesce(jsonb_agg(blacklist_entry_view(entry) order by created_at desc), '[]')
                      from (select * from active_blocks(v_keys) order by created_at desc limit 100) entry),
        'ended', jsonb_build_object(
            'carts', (select count(*) from carts_of_person(v_accounts, v_keys) where expires_at > clock_timestamp()),
            'paymentLinks', (select count(*) from payment_link link join orders_of_person(v_accounts, v_keys) using (order_id)
                              where link.state = 'OPEN' and link.expires_at > clock_timestamp()),
            'payments', (select count(*) from orders_of_person(v_accounts, v_keys) orders
                          where block_effect(orders) = 'PAYMENT')),
        'orders', (select coalesce(jsonb_agg(blacklist_order_view(waiting) order by waiting.created_at), '[]')
                     from (select * from orders_of_person(v_accounts, v_keys) orders
                            where block_effect(orders) <> 'PAYMENT' and coalesce(held_until > clock_timestamp(), true)
                            order by created_at limit 200) waiting)));
end
$$;

-- Locks everything of a person that is open, in everybody's order, and then the person. A checkout that was under way has made
-- an order meanwhile that nobody had locked: then the locks are given back and taken once more.
create or replace function lock_blocked_person(p_match_key bytea, p_customer_id uuid, out accounts uuid[], out keys bytea[])
    language plpgsql as $$
declare
    v_locked uuid[];
begin
    for v_try in 1 .. 5 loop
        begin
            accounts := person_accounts(p_match_key, p_customer_id);
            keys := person_keys(p_match_key, p_customer_id);
            perform from cart
              where cart_id in (select cart_id from carts_of_person(accounts, keys)) order by cart_id for update;
            select coalesce(array_agg(order_id), '{}') into v_locked from (
                select order_id from orders
                 where order_id in (select order_id from orders_of_person(accounts, keys)) order by order_id for update) locked;
            perform lock_person(keys);
            if not exists (select from orders_of_person(accounts, keys) where order_id <> all (v_locked)) then
                return;
            end if;
            raise exception using errcode = 'AK004', message = 'another order has been made';
        exception when sqlstate 'AK004' then
            null;
        end;
    end loop;
    raise exception using errcode = '55P03', message = 'this person is buying too fast to be blocked';
end
$$;

-- Orders that wait for a decision which the command does not bring, or null.
create or replace function undecided_orders(p_orders jsonb, p_accounts uuid[], p_keys bytea[]) returns jsonb
    language sql volatile as $$
    select jsonb_agg(order_number::text order by order_number)
      from orders_of_person(p_accounts, p_keys) orders
     where block_effect(orders) = 'DECIDE'
       and not exists (select from jsonb_array_elements(p_orders) decided
                        where (decided ->> 'orderId')::uuid = orders.order_id)
$$;

-- Waits for checkouts of this person that are being decided, and lets those that come later see the entry: the lock is
-- theirs too, and it lasts until this has committed. Everything of the person that is open is locked before.
create or replace function add_blacklist_entry(p jsonb) returns jsonb
    language plpgsql as $$
declare
    v_person    record;
    v_undecided jsonb;
    v_match     bytea := decode(p ->> 'matchKey', 'hex');
    v_refusal   jsonb;
    v_entry     blacklist_entry;
begin
    v_person := lock_blocked_person(v_match, (p ->> 'customerId')::uuid);
    v_undecided := undecided_orders(p -> 'orders', v_person.accounts, v_person.keys);
    v_refusal := coalesce(
        earlier_answer(p),
        case when not known_person(p) then refused('CUSTOMER_NOT_FOUND')
             when (p ->> 'endsAt')::timestamptz <= clock_timestamp() then refused('INVALID_REQUEST')
             when v_undecided is not null and not p ? 'otherOrders'
                 then refused('ORDERS_UNDECIDED', jsonb_build_object('orders', v_undecided)) end);
    if v_refusal is not null then
        return v_refusal;
    end if;
    insert into blacklist_entry (customer_id, match_key, email, reason, evidence, created_by, created_at, ends_at)
    values ((p ->> 'customerId')::uuid, v_match, p ->> 'email', p ->> 'reason', p -> 'evidence', p ->> 'by',
            clock_timestamp(), (p ->> 'endsAt')::timestamptz)
    returning * into v_entry;
    update blacklist_entry set ended = end_for_block(p, v_entry, v_person.accounts, v_person.keys)
     where entry_id = v_entry.entry_id
    returning * into v_entry;
    perform audit(p ->> 'by', 'blacklist.add', v_entry.entry_id::text, blacklist_entry_view(v_entry));
    return remember_answer(p, jsonb_build_object('entry', blacklist_entry_view(v_entry)));
end
$$;

-- Ends what a block ends, and says how much that was. Accounts, payments and places are locked in this order, each for all
-- purchases at once.
create or replace function end_for_block(p jsonb, p_entry blacklist_entry, p_accounts uuid[], p_keys bytea[]) returns jsonb
    language plpgsql as $$
declare
    v_decisions jsonb;
    v_carts     uuid[];
    v_links     bigint;
    v_payments  bigint := 0;
    v_order     orders;
    v_ending    uuid[];
begin
    select coalesce(jsonb_agg(jsonb_build_object('orderId', order_id, 'decision', decision) order by order_id), '[]'),
           coalesce(array_agg(order_id) filter (where decision = 'END'), '{}')
      into v_decisions, v_ending
      from (select order_id, coalesce((select decided ->> 'decision' from jsonb_array_elements(p -> 'orders') decided
                                        where (decided ->> 'orderId')::uuid = orders.order_id limit 1),
                                      p ->> 'otherOrders') as decision
              from orders_of_person(p_accounts, p_keys) orders where block_effect(orders) = 'DECIDE') decided;
    select v_ending || coalesce(array_agg(order_id), '{}'), count(*) into v_ending, v_payments
      from orders_of_person(p_accounts, p_keys) orders where block_effect(orders) = 'PAYMENT';
    select coalesce(array_agg(cart_id), '{}') into v_carts
      from carts_of_person(p_accounts, p_keys) where expires_at > clock_timestamp();
    perform from credit_account
      where customer_id in (select customer_id from orders_of_person(p_accounts, p_keys)) order by customer_id for update;
    v_links := void_links_of_person(p_accounts, p_keys);
    for v_order in select * from orders where order_id = any (v_ending) order by order_id loop
        perform end_order(v_order, 'CANCELLED', 'REJECTED', p_reason => 'GOODWILL');
        perform mail_end(v_order, 'order-cancelled');
        perform note_event('order.cancelled', v_order.order_id);
    end loop;
    perform from place where holder = any (v_ending || v_carts) order by performance_id, place_no for update;
    perform hand_places(order_id, null, '-infinity') from unnest(v_ending) order_id;
    perform close_cart(cart_id) from unnest(v_carts) cart_id;
    insert into block_override (order_id, by, reason)
    select (decided ->> 'orderId')::uuid, p ->> 'by', p ->> 'reason'
      from jsonb_array_elements(v_decisions) decided where decided ->> 'decision' = 'KEEP';
    perform note_blacklist_history(p_entry, 'ADDED', p ->> 'by', v_decisions);
    return jsonb_build_object('carts', cardinality(v_carts), 'paymentLinks', v_links, 'payments', v_payments);
end
$$;

-- No link of this person works any more. What an order owes by its link alone no longer counts.
create or replace function void_links_of_person(p_accounts uuid[], p_keys bytea[]) returns bigint
    language plpgsql as $$
declare
    v_orders uuid[];
begin
    select coalesce(array_agg(order_id), '{}') into v_orders
      from payment_link link join orders_of_person(p_accounts, p_keys) using (order_id) where link.state = 'OPEN';
    perform end_links(order_id, 'VOID') from unnest(v_orders) order_id;
    perform release_credit(order_id, 'BLOCKED') from unnest(v_orders) order_id;
    return cardinality(v_orders);
end
$$;

-- Another reason, other evidence, another end. Of two who change at once the second is told.
create or replace function change_blacklist_entry(p jsonb) returns jsonb
    language plpgsql as $$
declare
    v_entry blacklist_entry;
begin
    select * into v_entry from blacklist_entry where entry_id = (p ->> 'entryId')::uuid for update;
    if not found then
        return refused('BLACKLIST_ENTRY_NOT_FOUND');
    end if;
    if v_entry.lifted_at is not null then
        return refused('BLACKLIST_ENTRY_LIFTED');
    end if;
    if v_entry.version <> (p ->> 'version')::bigint then
        return refused('VERSION_CONFLICT');
    end if;
    -- A checkout of this person is decided by the old end or by the new one.
    perform lock_person(array(select key from blacklist_key where entry_id = v_entry.entry_id));
    if (p ->> 'endsAt')::timestamptz <= clock_timestamp() then
        return refused('INVALID_REQUEST');
    end if;
    update blacklist_entry
       set reason = p ->> 'reason', evidence = p -> 'evidence', ends_at = (p ->> 'endsAt')::timestamptz, version = version + 1
     where entry_id = v_entry.entry_id
    returning * into v_entry;
    perform note_blacklist_history(v_entry, 'CHANGED', p ->> 'by');
    perform audit(p ->> 'by', 'blacklist.change', v_entry.entry_id::text, blacklist_entry_view(v_entry));
    return jsonb_build_object('entry', blacklist_entry_view(v_entry));
end
$$;

-- Of two who lift at once the second sees what the first has written.
create or replace function lift_blacklist_entry(p jsonb) returns jsonb
    language plpgsql as $$
declare
    v_entry blacklist_entry;
begin
    update blacklist_entry
       set lifted_at = clock_timestamp(), lifted_by = p ->> 'by', lift_note = p ->> 'note', version = version + 1
     where entry_id = (p ->> 'entryId')::uuid and lifted_at is null
    returning * into v_entry;
    if found then
        perform note_blacklist_history(v_entry, 'LIFTED', p ->> 'by');
        perform audit(p ->> 'by', 'blacklist.lift', p ->> 'entryId', jsonb_build_object('note', p -> 'note'));
    end if;
    select * into v_entry from blacklist_entry where entry_id = (p ->> 'entryId')::uuid;
    return case when found then jsonb_build_object('entry', blacklist_entry_view(v_entry))
                else refused('BLACKLIST_ENTRY_NOT_FOUND') end;
end
$$;

-- What an entry recognises its person by.
create or replace function note_blacklist_keys() returns trigger
    language plpgsql as $$
begin
    insert into blacklist_key (key, entry_id)
    select key, new.entry_id from unnest(array[new.match_key, uuid_send(new.customer_id)]) key where key is not null;
    return new;
end
$$;

create or replace trigger note_blacklist_keys after insert on blacklist_entry
    for each row execute function note_blacklist_keys();

-- An address of an account goes: what a block knows it by stays, and nobody can read an address from that.
create or replace function keep_blocked_key() returns trigger
    language plpgsql as $$
begin
    insert into blacklist_key (key, entry_id)
    select old.match_key, entry_id from blacklist_key
     where key = any (array(select uuid_send(id) from unnest(accounts_alike(array[old.customer_id])) id))
    on conflict do nothing;
    update blacklist_entry set email = null
     where email is not null and entry_id in (select entry_id from blacklist_key where key = old.match_key);
    return old;
end
$$;

create or replace trigger keep_blocked_key before delete on customer_email
    for each row execute function keep_blocked_key();
