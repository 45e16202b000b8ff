-- Suggestions whom to block: what is known of a person, and that somebody has decided against it. Whether it is enough is
-- decided by the rules of blacklist.domain.SuggestionRules; nothing here blocks anybody.

-- Whether everything in the order takes place as it was sold. A table, so that it becomes a part of the query that asks.
create or replace function takes_place(p_order_id uuid) returns table (as_sold boolean)
    language sql stable as $$
    select bool_and(performance.state = 'SCHEDULED')
      from order_item join performance using (performance_id) where order_id = p_order_id
$$;

-- What counts against a buyer: refunds that they asked for, disputes that they lost, which are those that the organiser won, and
-- late cancellations. Never what the organiser, the law or a late payment caused: an order with a performance that was cancelled
-- or postponed counts for nothing, whichever came first.
create or replace view suggestion_fact as
select fact_id, kind, fact.order_id, buyer.customer_id, buyer.match_key, fact.amount, fact.at
  from (select refund_id as fact_id, 'BUYER_REFUND' as kind, order_id, amount, created_at as at
          from refund where reason = 'BUYER_REQUEST'
        union all
        select dispute_id, 'DISPUTE_LOST', order_id, amount, ended_at from dispute where state = 'WON'
        union all
        select fact_id, 'LATE_CANCELLATION', order_id, amount, at from late_cancellation) fact,
       -- Fetched one by one, by their ids: few of all orders have facts.
       lateral (select customer_id, match_key from orders where orders.order_id = fact.order_id offset 0) buyer,
       lateral takes_place(fact.order_id)
 where as_sold;

-- The account that an address belongs to: whose it is, else whose it was last; none for a guest's.
create or replace function account_of(p_match_key bytea) returns table (account_id uuid)
    language sql stable as $$
    select customer_id from customer_email where match_key = p_match_key
     order by until desc nulls first, since desc, customer_id limit 1
$$;

-- What a suggestion about a guest is called; one about an account is called like the account.
create or replace function guest_id(p_match_key bytea) returns uuid
    language sql immutable as $$
    select rpad(left(encode(p_match_key, 'hex'), 32), 32, '0')::uuid
$$;

-- Whom a suggestion is about: the account, and the keys under which their orders as a guest stand.
create or replace function suggested_person(p_id uuid, out customer uuid, out keys bytea[])
    language plpgsql stable as $$
begin
    select customer_id into customer from customer where customer_id = p_id;
    if found then
        keys := array(select distinct match_key from customer_email
                       where customer_id = p_id and (select account_id from account_of(match_key)) = p_id);
    else
        keys := array(select match_key from orders
                       where customer_id is null
                         and match_key between uuid_send(p_id) and uuid_send(p_id) || decode(repeat('ff', 16), 'hex')
                         and not exists (select from account_of(match_key))
                       limit 1);
    end if;
end
$$;

-- Every key that the person is known by; null when there is nobody.
create or replace function names_of(p_customer uuid, p_keys bytea[]) returns bytea[]
    language sql stable as $$
    select case when p_customer is null then person_keys(p_keys[1], null) else person_keys(null, p_customer) end
$$;

create or replace function purchases_of(p_customer uuid, p_keys bytea[]) returns setof orders
    language sql stable as $$
    select * from orders where customer_id = p_customer
    union all
    select * from orders where customer_id is null and match_key = any (p_keys)
$$;

-- When the last block of the person was lifted or ended: what had happened by then is settled.
create or replace function settled_until(p_names bytea[]) returns timestamptz
    language sql volatile as $$
    select max(coalesce(lifted_at, ends_at)) from blacklist_entry
     where entry_id in (select entry_id from blacklist_key where key = any (p_names))
       and (lifted_at is not null or ends_at <= clock_timestamp())
$$;

-- The facts that count against a person now, and since when their purchases are looked at: after what was settled and what was
-- dismissed everything starts anew. Null when there is no such person, or they are blocked already.
create or replace function counted_facts(
    p_id uuid, p_window_seconds bigint, out customer uuid, out keys bytea[], out since timestamptz, out facts uuid[])
    language plpgsql volatile as $$
declare
    v_names     bytea[];
    v_dismissed timestamptz;
begin
    select person.customer, person.keys into customer, keys from suggested_person(p_id) person;
    v_names := names_of(customer, keys);
    if v_names is null or blacklisted(v_names) then
        return;
    end if;
    since := greatest(clock_timestamp() - p_window_seconds * interval '1 second', settled_until(v_names));
    select array_agg(fact_id order by fact_id) filter (where dismissal_id is null and at > since), max(dismissed_at)
      into facts, v_dismissed
      from purchases_of(customer, keys) bought,
           lateral (select * from suggestion_fact where suggestion_fact.order_id = bought.order_id offset 0) fact
      left join dismissed_fact using (fact_id)
      left join suggestion_dismissal using (dismissal_id);
    since := greatest(since, v_dismissed);
end
$$;

-- Stands for exactly these facts.
create or replace function facts_version(p_facts uuid[]) returns bigint
    language sql immutable as $$
    select hashtextextended(array_to_string(p_facts, ','), 0) & 9007199254740991
$$;

-- What there is to know about a person with these facts. Purchases are those that came to something and those with a fact; more
-- than the share of facts could bear are not counted.
create or replace function suggestion_view(
    p_id uuid, p_customer uuid, p_keys bytea[], p_since timestamptz, p_facts uuid[], p_rules jsonb) returns jsonb
    language plpgsql volatile as $$
declare
    v_orders uuid[] := array(select distinct order_id from suggestion_fact where fact_id = any (p_facts));
    v_others bigint;
begin
    select count(*) into v_others from (
        select from purchases_of(p_customer, p_keys) bought, lateral takes_place(order_id)
         where created_at > p_since and state in ('CONFIRMED', 'REFUNDED') and order_id <> all (v_orders) and as_sold
         limit greatest((p_rules ->> 'minPurchases')::bigint,
                        cardinality(v_orders) * 100 / (p_rules ->> 'minSharePercent')::bigint + 1)) seen;
    return jsonb_strip_nulls(jsonb_build_object(
               'suggestionId', p_id, 'version', facts_version(p_facts), 'customerId', p_customer, 'since', p_since,
               'conspicuous', cardinality(v_orders), 'purchases', cardinality(v_orders) + v_others))
           || counts_view(p_facts) || person_view(p_customer, v_orders);
end
$$;

create or replace function counts_view(p_facts uuid[]) returns jsonb
    language sql stable as $$
    select jsonb_build_object('latestFactAt', max(latest),
                              'counts', jsonb_agg(jsonb_build_object('kind', kind, 'count', count) order by kind))
      from (select kind, count(*), max(at) as latest from suggestion_fact where fact_id = any (p_facts) group by kind) kinds
$$;

-- Name and address: those of the account, or what a guest has typed last.
create or replace function person_view(p_customer uuid, p_orders uuid[]) returns jsonb
    language sql stable as $$
    select jsonb_strip_nulls(case
        when p_customer is null then
            (select jsonb_build_object('name', buyer -> 'name', 'email', buyer -> 'email') from orders
              where order_id = any (p_orders) order by created_at desc limit 1)
        else
            (select jsonb_build_object('name', name, 'email', email) from customer
               left join customer_email on customer_email.customer_id = customer.customer_id and until is null
              where customer.customer_id = p_customer)
        end)
$$;

create or replace function performances_view(p_order_id uuid) returns jsonb
    language sql stable as $$
    select jsonb_agg(jsonb_build_object('performanceId', performance_id, 'title', title, 'hall', hall, 'startsAt', starts_at)
                     order by starts_at, performance_id)
      from (select performance_id, title, hall, starts_at from performance join event using (event_id)
             where performance_id in (select performance_id from order_item where order_id = p_order_id)
             order by starts_at, performance_id limit 10) performance
$$;

create or replace function facts_view(p_facts uuid[]) returns jsonb
    language sql stable as $$
    select jsonb_agg(jsonb_build_object(
                         'factId', fact_id, 'kind', kind, 'at', at, 'orderId', order_id, 'orderNumber', order_number::text,
                         'amount', jsonb_build_object('amount', amount, 'currency', currency),
                         'performances', performances_view(order_id))
                     order by at desc, fact_id)
      from (select fact_id, kind, at, amount, orders.order_id, order_number, currency
              from suggestion_fact join orders using (order_id)
             where fact_id = any (p_facts) order by at desc, fact_id limit 100) newest
$$;

-- Persons with enough facts to be looked at, those with the newest facts first, as many as asked for.
create or replace function suggestion_candidates(p jsonb) returns jsonb
    language plpgsql volatile as $$
declare
    v_from timestamptz := clock_timestamp() - (p -> 'rules' ->> 'windowSeconds')::bigint * interval '1 second';
begin
    return (
        with fact as materialized (
            select coalesce(customer_id, account_id, guest_id(match_key)) as id, order_id, at
              from suggestion_fact left join lateral account_of(match_key) on true
             where at > v_from
               and not exists (select from dismissed_fact where dismissed_fact.fact_id = suggestion_fact.fact_id)
        ), person as materialized (
            select id, max(at) as latest from fact where id is not null
             group by id having count(distinct order_id) >= (p -> 'rules' ->> 'minFacts')::integer
        ), candidate as (
            select id, latest, suggestion_view(id, customer, keys, since, facts, p -> 'rules') as suggestion
              from (select * from person
                     where (latest, id) < (coalesce((p ->> 'beforeAt')::timestamptz, 'infinity'),
                                           coalesce(p ->> 'beforeId', 'ffffffff-ffff-ffff-ffff-ffffffffffff')::uuid)
                     order by latest desc, id desc) ordered,
                   lateral (select * from counted_facts(id, (p -> 'rules' ->> 'windowSeconds')::bigint) offset 0) counted
             where facts is not null
             order by latest desc, id desc
             limit (p ->> 'limit')::integer
        )
        select jsonb_build_object('candidates', coalesce(jsonb_agg(suggestion order by latest desc, id desc), '[]'))
          from candidate);
end
$$;

create or replace function find_suggestion(p jsonb) returns jsonb
    language plpgsql volatile as $$
declare
    v_id      uuid := (p ->> 'suggestionId')::uuid;
    v_counted record := counted_facts(v_id, (p -> 'rules' ->> 'windowSeconds')::bigint);
begin
    if v_counted.facts is null then
        return refused('BLACKLIST_SUGGESTION_NOT_FOUND');
    end if;
    return jsonb_build_object(
        'candidate', suggestion_view(v_id, v_counted.customer, v_counted.keys, v_counted.since, v_counted.facts, p -> 'rules'),
        'facts', facts_view(v_counted.facts));
end
$$;

-- Waits for whoever blocks this person or decides on them, until this transaction ends.
create or replace function lock_suggested(p jsonb) returns jsonb
    language plpgsql as $$
declare
    v_person record := suggested_person((p ->> 'suggestionId')::uuid);
begin
    perform lock_person(names_of(v_person.customer, v_person.keys));
    return '{}';
end
$$;

-- Under the lock of the person. Only the facts that were decided on are done with: one that has come meanwhile makes it another
-- suggestion.
create or replace function dismiss_suggestion(p jsonb) returns jsonb
    language plpgsql as $$
declare
    v_id        uuid := (p ->> 'suggestionId')::uuid;
    v_counted   record := counted_facts(v_id, (p -> 'rules' ->> 'windowSeconds')::bigint);
    v_dismissal suggestion_dismissal;
begin
    if v_counted.facts is null then
        return refused('BLACKLIST_SUGGESTION_NOT_FOUND');
    end if;
    if facts_version(v_counted.facts) <> (p ->> 'version')::bigint then
        return refused('VERSION_CONFLICT');
    end if;
    insert into suggestion_dismissal (suggestion_id, note, dismissed_by) values (v_id, p ->> 'note', p ->> 'by')
    returning * into v_dismissal;
    insert into dismissed_fact (fact_id, dismissal_id)
    select fact_id, v_dismissal.dismissal_id from unnest(v_counted.facts) fact_id;
    perform audit(p ->> 'by', 'blacklist.dismiss-suggestion', v_id::text,
                  jsonb_build_object('note', p -> 'note', 'facts', cardinality(v_counted.facts),
                                     'customerId', v_counted.customer));
    return jsonb_build_object('dismissal', jsonb_build_object(
        'suggestionId', v_id, 'facts', cardinality(v_counted.facts), 'note', v_dismissal.note,
        'dismissedBy', v_dismissal.dismissed_by, 'dismissedAt', v_dismissal.dismissed_at));
end
$$;

create or replace function suggestion_time(p_name text, p_default bigint) returns interval
    language sql stable as $$
    select coalesce((setting('suggestions') ->> p_name)::bigint, p_default) * interval '1 second'
$$;

-- Notes that a buyer gives items of an order back that nobody has paid, if hardly anybody can still buy them. What is given back
-- at once hurts nobody.
create or replace function note_late_cancellation(p_order orders, p_items uuid[]) returns void
    language sql volatile as $$
    insert into late_cancellation (order_id, amount, starts_at)
    select p_order.order_id, sum(item.amount), min(performance.starts_at)
      from order_item item join performance using (performance_id)
     where item.order_id = p_order.order_id and item.item_id = any (p_items)
    having sum(item.amount) > 0
       and min(performance.starts_at) - suggestion_time('lateSeconds', 172800) <= clock_timestamp()
       and p_order.created_at + suggestion_time('reconsiderSeconds', 3600) <= clock_timestamp()
$$;
