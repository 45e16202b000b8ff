-- Why buyers were sent to the overview, for staff; and what a person is told about it. What is noted, and when, is in
-- R__5_checkout.sql.

-- Attempts of a person, by any key that they were known by then or are known by now; of carts; or of anybody. Of anybody they are
-- met by reason, so that a rare reason is not looked for among all others.
create or replace function redirects_sought(p jsonb) returns setof redirected_checkout
    language plpgsql as $$
declare
    v_reasons text[] := array(select jsonb_array_elements_text(p -> 'reasons'));
    v_from    timestamptz := coalesce((p ->> 'from')::timestamptz, '-infinity');
    v_to      timestamptz := coalesce((p ->> 'to')::timestamptz, 'infinity');
    v_at      timestamptz := coalesce((p ->> 'beforeAt')::timestamptz, 'infinity');
    v_id      uuid := coalesce(p ->> 'beforeId', 'ffffffff-ffff-ffff-ffff-ffffffffffff')::uuid;
    v_limit   integer := (p ->> 'limit')::integer + 1;
    v_keys    bytea[];
    v_carts   uuid[];
begin
    if p ? 'matchKey' or p ? 'customerId' then
        v_keys := coalesce(person_keys(decode(p ->> 'matchKey', 'hex'), (p ->> 'customerId')::uuid), '{}');
        return query
            select * from redirected_checkout
             where person_keys && v_keys and reason = any (v_reasons) and at >= v_from and at < v_to and (at, redirect_id) < (v_at, v_id)
             order by at desc, redirect_id desc limit v_limit;
    elsif p ? 'cartId' or p ? 'pickupCode' then
        v_carts := case when p ? 'cartId' then array[(p ->> 'cartId')::uuid]
                        else array(select cart_id from cart where pickup_code = p ->> 'pickupCode'
                                    order by created_at desc limit 1000) end;
        return query
            select * from redirected_checkout
             where cart_id = any (v_carts) and reason = any (v_reasons) and at >= v_from and at < v_to
               and (at, redirect_id) < (v_at, v_id)
             order by at desc, redirect_id desc limit v_limit;
    else
        return query
            select attempt.*
              from unnest(v_reasons) wanted
             cross join lateral (select * from redirected_checkout
                                  where reason = wanted and at >= v_from and at < v_to and (at, redirect_id) < (v_at, v_id)
                                  order by at desc, redirect_id desc limit v_limit) attempt
             order by attempt.at desc, attempt.redirect_id desc limit v_limit;
    end if;
end
$$;

create or replace function redirect_view(p_attempt redirected_checkout) returns jsonb
    language sql stable as $$
    select jsonb_strip_nulls(jsonb_build_object(
        'redirectId', p_attempt.redirect_id, 'at', p_attempt.at, 'cartId', p_attempt.cart_id,
        'pickupCode', (select pickup_code from cart where cart_id = p_attempt.cart_id),
        'shopId', p_attempt.shop_id, 'customerId', p_attempt.customer_id, 'ownerId', p_attempt.owner_id,
        'email', p_attempt.email, 'reason', p_attempt.reason, 'quantity', p_attempt.quantity,
        'total', case when p_attempt.amount is not null
                      then jsonb_build_object('amount', p_attempt.amount, 'currency', p_attempt.currency) end,
        'performances', (select coalesce(jsonb_agg(jsonb_build_object(
                                    'performanceId', performance_id, 'title', title, 'hall', hall, 'startsAt', starts_at)
                                order by starts_at, performance_id), '[]')
                           from (select * from performance join event using (event_id)
                                  where performance_id = any (p_attempt.performance_ids)
                                  order by starts_at, performance_id limit 100) performance)))
$$;

-- Whether an entry stood in the way at that instant, with the end that it had then. One that was lifted, or ended, while the attempt
-- was being decided was still read as in force.
create or replace function in_force_at(p_entry blacklist_entry, p_at timestamptz) returns boolean
    language sql stable as $$
    select p_entry.created_at <= p_at
       and coalesce(p_entry.lifted_at > p_at - interval '5 seconds', true)
       and coalesce((select ends_at from blacklist_history
                      where entry_id = p_entry.entry_id and action <> 'LIFTED' and at <= p_at
                      order by version desc limit 1) > p_at - interval '5 seconds', true)
$$;

-- Entries that are about whoever is known by these keys, past ones too.
create or replace function entries_about(p_keys bytea[]) returns setof blacklist_entry
    language sql stable as $$
    select * from blacklist_entry where entry_id in (select entry_id from blacklist_key where key = any (p_keys))
$$;

create or replace function redirect_blocks(p_attempt redirected_checkout) returns jsonb
    language sql volatile as $$
    select coalesce(jsonb_agg(jsonb_strip_nulls(jsonb_build_object(
                        'entryId', entry_id, 'reason', reason, 'createdAt', created_at, 'endsAt', ends_at, 'liftedAt', lifted_at,
                        'active', lifted_at is null and coalesce(ends_at > clock_timestamp(), true)))
                    order by created_at desc, entry_id desc), '[]')
      from (select entry.* from entries_about(p_attempt.person_keys) entry
             where p_attempt.reason = 'BLACKLISTED' and in_force_at(entry, p_attempt.at)
             order by created_at desc, entry_id desc limit 100) standing
$$;

-- One more attempt than the page has, if there is one more, each with the entries that stood in its way.
create or replace function search_redirects(p jsonb) returns jsonb
    language sql volatile as $$
    select jsonb_build_object('attempts', coalesce(
               jsonb_agg(redirect_view(attempt) || jsonb_build_object('blocks', redirect_blocks(attempt))
                         order by at desc, redirect_id desc), '[]'))
      from redirects_sought(p) attempt
$$;

-- Forgets a batch of attempts that are that long ago. Several replicas may run it at once.
create or replace function forget_redirects(p_seconds double precision, p_limit integer) returns bigint
    language plpgsql as $$
declare
    v_count bigint;
begin
    delete from redirected_checkout
     where ctid = any (array(select ctid from redirected_checkout
                              where at < clock_timestamp() - p_seconds * interval '1 second' limit p_limit for update skip locked));
    get diagnostics v_count = row_count;
    return v_count;
end
$$;

-- Erases an address, and whatever address was given by its account. The attempts and the disclosures stay, until they are forgotten,
-- as what happened to nobody in particular.
create or replace function erase_redirect_addresses(p_match_key bytea, p_customer_id uuid) returns void
    language plpgsql as $$
begin
    update blacklist_disclosure set email = null where match_key = p_match_key and email is not null;
    update redirected_checkout set email = null
     where person_keys && array_remove(array[p_match_key, uuid_send(p_customer_id)], null)
       and (match_key = p_match_key or p_customer_id in (customer_id, owner_id)) and email is not null;
end
$$;

create or replace function erase_redirects_along() returns trigger
    language plpgsql as $$
begin
    perform erase_redirect_addresses(old.match_key, old.customer_id);
    return old;
end
$$;

create or replace trigger erase_redirects_along before delete on customer_email
    for each row execute function erase_redirects_along();

-- Attempts that were made from others' accounts are not theirs, though their address was typed there.
create or replace function is_theirs(p_attempt redirected_checkout, p_keys bytea[], p_accounts uuid[]) returns boolean
    language sql immutable as $$
    select p_attempt.person_keys && p_keys
       and (p_attempt.customer_id is null and p_attempt.owner_id is null
            or coalesce(p_attempt.customer_id, p_attempt.owner_id) = any (p_accounts))
$$;

-- What is held about a person, and that they were told. An address that several accounts have or had names nobody.
create or replace function disclose_blacklisting(p jsonb) returns jsonb
    language plpgsql as $$
declare
    v_customer   uuid := (p ->> 'customerId')::uuid;
    v_match      bytea := decode(p ->> 'matchKey', 'hex');
    v_accounts   uuid[] := person_accounts(v_match, v_customer);
    v_keys       bytea[];
    v_entries    blacklist_entry[];
    v_attempts   bigint;
    v_disclosure blacklist_disclosure;
begin
    if v_customer is not null and not exists (select from customer where customer_id = v_customer) then
        return refused('CUSTOMER_NOT_FOUND');
    end if;
    if cardinality(v_accounts) > 1 then
        return refused('INVALID_REQUEST');
    end if;
    v_keys := person_keys(v_match, v_customer);
    v_entries := array(select entry from entries_about(v_keys) entry order by created_at desc, entry_id desc limit 1000);
    select count(*) into v_attempts from redirected_checkout attempt where is_theirs(attempt, v_keys, v_accounts);
    insert into blacklist_disclosure (customer_id, match_key, email, proof, checked_by, disclosed_by, language, entry_ids, attempts)
    values (v_customer, v_match, p ->> 'email', p ->> 'proof', p ->> 'checkedBy', p ->> 'by', p ->> 'language',
            array(select (entry).entry_id from unnest(v_entries) entry), v_attempts)
    returning * into v_disclosure;
    perform audit(p ->> 'by', 'blacklist.disclose', v_disclosure.disclosure_id::text,
                  jsonb_build_object('customerId', coalesce(v_customer, v_accounts[1]), 'entries', to_jsonb(v_disclosure.entry_ids),
                                     'proof', p -> 'proof', 'checkedBy', p -> 'checkedBy'));
    return jsonb_build_object(
        'disclosureId', v_disclosure.disclosure_id, 'disclosedAt', v_disclosure.disclosed_at,
        'disclosedBy', v_disclosure.disclosed_by, 'attemptsInAll', v_attempts,
        'entries', (select coalesce(jsonb_agg(jsonb_strip_nulls(jsonb_build_object(
                               'email', email, 'reason', reason, 'since', created_at, 'endsAt', ends_at, 'liftedAt', lifted_at,
                               'active', lifted_at is null and coalesce(ends_at > clock_timestamp(), true)))
                           order by created_at desc, entry_id desc), '[]')
                      from unnest(v_entries)),
        'attempts', (select coalesce(jsonb_agg(redirect_view(attempt) order by at desc, redirect_id desc), '[]')
                       from (select * from redirected_checkout attempt
                              where is_theirs(attempt, v_keys, v_accounts)
                              order by at desc, redirect_id desc limit 1000) attempt));
end
$$;

-- One more disclosure than the page has, if there is one more. There are few of them.
create or replace function search_disclosures(p jsonb) returns jsonb
    language plpgsql as $$
declare
    v_keys bytea[] := person_keys(decode(p ->> 'matchKey', 'hex'), (p ->> 'customerId')::uuid);
begin
    return jsonb_build_object('disclosures', (
        select coalesce(jsonb_agg(jsonb_strip_nulls(jsonb_build_object(
                            'disclosureId', disclosure_id, 'disclosedAt', disclosed_at, 'disclosedBy', disclosed_by,
                            'checkedBy', checked_by, 'proof', proof, 'language', language, 'customerId', customer_id,
                            'email', email, 'entryIds', to_jsonb(entry_ids), 'attemptsInAll', attempts))
                        order by disclosed_at desc, disclosure_id desc), '[]')
          from (select * from blacklist_disclosure
                 where (v_keys is null or match_key = any (v_keys) or uuid_send(customer_id) = any (v_keys))
                   and (not p ? 'beforeAt'
                        or (disclosed_at, disclosure_id) < ((p ->> 'beforeAt')::timestamptz, (p ->> 'beforeId')::uuid))
                 order by disclosed_at desc, disclosure_id desc limit (p ->> 'limit')::integer + 1) page));
end
$$;

create or replace function forget_disclosures(p_seconds double precision, p_limit integer) returns bigint
    language plpgsql as $$
declare
    v_count bigint;
begin
    delete from blacklist_disclosure
     where disclosure_id = any (array(select disclosure_id from blacklist_disclosure
                                       where disclosed_at < clock_timestamp() - p_seconds * interval '1 second'
                                       limit p_limit for update skip locked));
    get diagnostics v_count = row_count;
    return v_count;
end
$$;
