-- Consent to the newsletter. All that changes a customer's first locks the customer, so that one follows the other.

-- What a customer said last, yes or no; null when neither.
create or replace function newsletter_word(p_customer_id uuid) returns newsletter_consent
    language sql stable as $$
    select consent from newsletter_consent consent
     where customer_id = p_customer_id and kind <> 'REQUESTED'
     order by at desc, fact_id desc limit 1
$$;

-- A request that still waits for its confirmation: seven days, and no longer than until something else is said.
create or replace function newsletter_request(p_customer_id uuid) returns newsletter_consent
    language sql stable as $$
    select request from newsletter_consent request
     where customer_id = p_customer_id and kind = 'REQUESTED' and at > clock_timestamp() - interval '7 days'
       and not exists (select from newsletter_consent later
                        where later.customer_id = request.customer_id and later.kind <> 'REQUESTED'
                          and (later.at, later.fact_id) > (request.at, request.fact_id))
     order by at desc, fact_id desc limit 1
$$;

-- NONE, REQUESTED, SUBSCRIBED or WITHDRAWN.
create or replace function newsletter_state(p_customer_id uuid) returns text
    language sql stable as $$
    select case when word.kind in ('CONFIRMED', 'IMPORTED') then 'SUBSCRIBED'
                when (newsletter_request(p_customer_id)).fact_id is not null then 'REQUESTED'
                when word.kind = 'WITHDRAWN' then 'WITHDRAWN'
                else 'NONE' end
      from (select (newsletter_word(p_customer_id)).kind) word
$$;

-- Why somebody does not get the newsletter; null when they do. p_word is what they said last, p_proven whether somebody who reads
-- the mailbox of their current address said so, p_dead whether it cannot be reached.
create or replace function newsletter_obstacle(p_customer customer, p_word text, p_proven boolean, p_dead boolean) returns text
    language sql immutable as $$
    select case when p_customer.erased_at is not null then 'ERASED'
                when p_customer.merged_into is not null then 'MERGED'
                when p_word is null then 'NO_CONSENT'
                when p_word = 'WITHDRAWN' then 'WITHDRAWN'
                when p_customer.locked_at is not null then 'LOCKED'
                when not can_log_in(p_customer) then 'CANNOT_LOG_IN'
                when p_proven is not true then 'ADDRESS_NOT_PROVEN'
                when p_dead then 'BOUNCED' end
$$;

create or replace function newsletter_obstacle(p_customer customer) returns text
    language sql stable as $$
    select newsletter_obstacle(p_customer, word.kind, current.proven_at is not null, dead.canonical is not null)
      from (select (newsletter_word(p_customer.customer_id)).kind) word
      left join customer_email current on current.customer_id = p_customer.customer_id and current.until is null
      left join newsletter_dead_address dead on dead.canonical = current.canonical
$$;

-- Takes over consents that were given in a former shop, each once: {customerId, newsletterConsentAt, newsletterConsentFrom,
-- newsletterConsentWording}. Only with an instant and where it is noted; none undoes a withdrawal that was made here. Says whose
-- consents count.
create or replace function import_consents(p_consents jsonb) returns setof uuid
    language plpgsql as $$
begin
    perform from customer where customer_id in (select (said ->> 'customerId')::uuid from jsonb_array_elements(p_consents) said)
      order by customer_id for no key update;
    return query
        with said as materialized (
            select consent.customer_id, at, source, wording
              from jsonb_array_elements(p_consents) given
              cross join lateral (select (given ->> 'customerId')::uuid as customer_id,
                                         (given ->> 'newsletterConsentAt')::timestamptz as at,
                                         given ->> 'newsletterConsentFrom' as source,
                                         given ->> 'newsletterConsentWording' as wording) consent
              join customer using (customer_id)
             where at <= clock_timestamp() and btrim(source) <> ''
               and not exists (select from newsletter_consent withdrawn
                                where withdrawn.customer_id = consent.customer_id and kind = 'WITHDRAWN'
                                  and (withdrawn.source <> 'FORMER_SHOP' or withdrawn.at >= consent.at))
        ), noted as (
            insert into newsletter_consent (customer_id, kind, at, source, wording, note)
            select said.customer_id, 'IMPORTED', said.at, 'FORMER_SHOP', said.wording, said.source from said
            on conflict (customer_id, at) where kind = 'IMPORTED' do nothing
        )
        select said.customer_id from said;
end
$$;

-- The former shop says that a consent which came from there has ended. What was said here stays. Says whether something changed.
create or replace function import_withdrawal(p_customer_id uuid, p_at timestamptz, p_source text) returns boolean
    language plpgsql as $$
declare
    v_word newsletter_consent;
begin
    perform from customer where customer_id = p_customer_id for no key update;
    v_word := newsletter_word(p_customer_id);
    if v_word.kind is distinct from 'IMPORTED' then
        return false;
    end if;
    insert into newsletter_consent (customer_id, kind, at, source, note)
    values (p_customer_id, 'WITHDRAWN', greatest(v_word.at, least(p_at, clock_timestamp())), 'FORMER_SHOP', p_source);
    return true;
end
$$;

-- Ends a consent, and requests for one. Links in mails to an account that has become another speak of that one. Says whether
-- there was anything to end.
create or replace function withdraw_consent(
    p_customer_id uuid, p_source text, p_from_address text default null, p_note text default null, p_by text default null)
    returns boolean language plpgsql as $$
declare
    v_customer customer;
begin
    select * into v_customer from customer where customer_id = p_customer_id for no key update;
    if v_customer.merged_into is not null then
        return withdraw_consent(v_customer.merged_into, p_source, p_from_address, p_note, p_by);
    end if;
    if not found or newsletter_state(p_customer_id) not in ('SUBSCRIBED', 'REQUESTED') then
        return false;
    end if;
    insert into newsletter_consent (customer_id, kind, source, from_address, note, noted_by)
    values (p_customer_id, 'WITHDRAWN', p_source, p_from_address, p_note, p_by);
    return true;
end
$$;

-- One account becomes another: a withdrawal of either holds, a consent moves along only where the other has said nothing.
create or replace function merge_consents(p_from uuid, p_into uuid, p_by text) returns void
    language plpgsql as $$
declare
    v_from newsletter_consent;
    v_into newsletter_consent;
begin
    perform from customer where customer_id in (p_from, p_into) order by customer_id for no key update;
    v_from := newsletter_word(p_from);
    v_into := newsletter_word(p_into);
    if v_from.kind = 'WITHDRAWN' and v_into.kind in ('CONFIRMED', 'IMPORTED') then
        insert into newsletter_consent (customer_id, kind, source, noted_by) values (p_into, 'WITHDRAWN', 'MERGE', p_by);
    elsif v_from.kind in ('CONFIRMED', 'IMPORTED') and v_into.fact_id is null then
        insert into newsletter_consent (customer_id, kind, at, source, wording_version, wording, email, note, noted_by)
        values (p_into, 'IMPORTED', v_from.at, 'MERGE', v_from.wording_version, v_from.wording, v_from.email,
                'customer ' || p_from, p_by)
        on conflict (customer_id, at) where kind = 'IMPORTED' do nothing;
    end if;
end
$$;

-- Takes a person's data out of all of it; that and when they said yes or no stays as proof, of nobody.
create or replace function erase_newsletter(p_customer_id uuid) returns void
    language plpgsql as $$
begin
    perform withdraw_consent(p_customer_id, 'ACCOUNT');
    delete from newsletter_dead_address
     where canonical in (select canonical from customer_email where customer_id = p_customer_id
                         union select canonical from newsletter_delivery where customer_id = p_customer_id);
    update newsletter_consent set email = null, from_address = null, note = null where customer_id = p_customer_id;
    update newsletter_delivery set email = null, canonical = null where customer_id = p_customer_id;
end
$$;

-- What is held about somebody, for their export: the words they said yes to, facts, and the issues they were sent.
create or replace function newsletter_export(p_customer_id uuid) returns jsonb
    language sql stable as $$
    select jsonb_build_object(
        'state', newsletter_state(p_customer_id),
        'consents', coalesce((
            select jsonb_agg(jsonb_strip_nulls(jsonb_build_object(
                       'kind', kind, 'at', at, 'source', source, 'wordingVersion', wording_version, 'wording', wording,
                       'email', email, 'fromAddress', from_address)) order by at, fact_id)
              from newsletter_consent where customer_id = p_customer_id), '[]'),
        'issues', coalesce((
            select jsonb_agg(jsonb_strip_nulls(jsonb_build_object(
                       'name', name, 'state', delivery.state, 'email', email, 'at', decided_at)) order by decided_at)
              from newsletter_delivery delivery join newsletter_issue using (issue_id)
             where customer_id = p_customer_id and delivery.state = 'SENT'), '[]'))
$$;

-- Somebody asks for the newsletter: the shop's visitor with an address, a customer with their account. A mail goes to the
-- account's current address, one a day, and to nobody else. Nothing tells which it was.
create or replace function ask_for_newsletter(p jsonb) returns jsonb
    language plpgsql as $$
declare
    v_customer customer;
    v_email    customer_email;
    v_request  uuid := gen_random_uuid();
begin
    select * into v_email from customer_email
     where until is null and (canonical = p ->> 'canonical' or customer_id = (p ->> 'customerId')::uuid);
    if not found then
        return '{}';
    end if;
    select * into v_customer from customer where customer_id = v_email.customer_id for no key update;
    if not (can_log_in(v_customer) or needs_claim(v_customer))
       or (newsletter_word(v_customer.customer_id)).kind in ('CONFIRMED', 'IMPORTED')
       or exists (select from newsletter_consent
                   where customer_id = v_customer.customer_id and kind = 'REQUESTED'
                     and at > clock_timestamp() - interval '1 day') then
        return '{}';
    end if;
    insert into newsletter_consent (customer_id, kind, source, request_id, wording_version, email, from_address)
    values (v_customer.customer_id, 'REQUESTED', p ->> 'source', v_request,
            (select max(version) from newsletter_wording), v_email.email, p ->> 'fromAddress');
    perform post_message('NEWSLETTER_CONFIRM', v_request::text, jsonb_build_object('requestId', v_request));
    return '{}';
end
$$;

-- What the mail with the confirmation link says; null when there is nothing to confirm any more.
create or replace function newsletter_confirmation_facts(p_request_id uuid) returns jsonb
    language sql volatile as $$
    select jsonb_strip_nulls(jsonb_build_object(
               'now', clock_timestamp(), 'language', customer.language, 'name', customer.name, 'email', current.email,
               'sender', coalesce(setting('organiser') ->> 'name', shop.name),
               'page', coalesce(shop.account_page_url, shop.overview_url),
               'wording', case customer.language when 'de' then wording.text_de else wording.text_en end))
      from newsletter_consent asked
      join customer on customer.customer_id = asked.customer_id
      join customer_email current on current.customer_id = asked.customer_id and current.until is null
      join shop on shop.shop_id = customer.shop_id
      join newsletter_wording wording on wording.version = asked.wording_version
     where asked.request_id = p_request_id and asked.kind = 'REQUESTED' and current.email = asked.email
       and (newsletter_request(asked.customer_id)).request_id = p_request_id
       and (can_log_in(customer) or needs_claim(customer))
$$;

-- Whoever reads the mailbox confirms. Once is enough; twice is the same. That the link came to a mailbox which could not be
-- reached before says that it can be reached again.
create or replace function confirm_newsletter(p jsonb) returns jsonb
    language plpgsql as $$
declare
    v_asked newsletter_consent;
begin
    select * into v_asked from newsletter_consent where request_id = (p ->> 'requestId')::uuid and kind = 'REQUESTED';
    if not found then
        return refused('NEWSLETTER_LINK_NOT_FOUND');
    end if;
    perform from customer where customer_id = v_asked.customer_id for no key update;
    if exists (select from newsletter_consent where request_id = v_asked.request_id and kind = 'CONFIRMED') then
        return jsonb_build_object('state', newsletter_state(v_asked.customer_id));
    end if;
    if (newsletter_request(v_asked.customer_id)).request_id is distinct from v_asked.request_id
       or not exists (select from customer join customer_email using (customer_id)
                       where customer_id = v_asked.customer_id and until is null and email = v_asked.email
                         and (can_log_in(customer) or needs_claim(customer))) then
        return refused('NEWSLETTER_LINK_NOT_FOUND');
    end if;
    insert into newsletter_consent (customer_id, kind, source, request_id, wording_version, email, from_address)
    values (v_asked.customer_id, 'CONFIRMED', 'MAIL', v_asked.request_id, v_asked.wording_version, v_asked.email,
            p ->> 'fromAddress');
    delete from newsletter_dead_address
     where canonical = (select canonical from customer_email where customer_id = v_asked.customer_id and until is null);
    return jsonb_build_object('state', 'SUBSCRIBED');
end
$$;

-- A link in an issue, or the one for which mail programs have a button. Tells nobody whether there was anything to end.
create or replace function withdraw_by_mail(p jsonb) returns jsonb
    language plpgsql as $$
begin
    perform withdraw_consent(customer_id, p ->> 'source', p ->> 'fromAddress')
       from newsletter_delivery where delivery_id = (p ->> 'deliveryId')::uuid;
    return '{}';
end
$$;

create or replace function withdraw_own_newsletter(p jsonb) returns jsonb
    language plpgsql as $$
begin
    perform withdraw_consent((p ->> 'customerId')::uuid, 'ACCOUNT', p ->> 'fromAddress');
    return jsonb_build_object('state', newsletter_state((p ->> 'customerId')::uuid));
end
$$;

-- Staff, for somebody who asks for it.
create or replace function withdraw_newsletter_for(p jsonb) returns jsonb
    language plpgsql as $$
declare
    v_customer uuid := (p ->> 'customerId')::uuid;
begin
    if not exists (select from customer where customer_id = v_customer) then
        return refused('CUSTOMER_NOT_FOUND');
    end if;
    if withdraw_consent(v_customer, 'STAFF', null, p ->> 'reason', p ->> 'by') then
        perform audit(p ->> 'by', 'newsletter.withdraw', v_customer::text, jsonb_build_object('reason', p ->> 'reason'));
    end if;
    return newsletter_standing_view(v_customer);
end
$$;

-- A customer's newsletter as staff see it; null when there is no such customer.
create or replace function newsletter_standing_view(p_customer_id uuid) returns jsonb
    language sql stable as $$
    select jsonb_strip_nulls(jsonb_build_object(
        'customerId', customer.customer_id, 'state', newsletter_state(customer.customer_id),
        'obstacle', newsletter_obstacle(customer),
        'unreachableSince', dead.since, 'unreachableStatus', dead.status,
        'softBounces', (select count(*) from newsletter_bounce join newsletter_delivery sent using (delivery_id)
                         where sent.customer_id = customer.customer_id and kind = 'SOFT' and sent.canonical = current.canonical),
        'history', coalesce((
            select jsonb_agg(jsonb_strip_nulls(jsonb_build_object(
                       'kind', kind, 'at', at, 'source', source, 'wordingVersion', wording_version, 'wording', wording,
                       'email', email, 'fromAddress', from_address, 'note', note, 'by', noted_by)) order by at desc, fact_id desc)
              from (select * from newsletter_consent where newsletter_consent.customer_id = customer.customer_id
                     order by at desc, fact_id desc limit 100) newest), '[]')))
      from customer
      left join customer_email current on current.customer_id = customer.customer_id and current.until is null
      left join newsletter_dead_address dead on dead.canonical = current.canonical
     where customer.customer_id = p_customer_id
$$;

-- New words for those who come; whoever said yes to others goes on with those.
create or replace function add_newsletter_wording(p jsonb) returns jsonb
    language plpgsql as $$
declare
    v_wording newsletter_wording;
begin
    perform pg_advisory_xact_lock(hashtext('newsletter_wording'));
    insert into newsletter_wording (version, text_de, text_en, created_by)
    select max(version) + 1, p ->> 'textDe', p ->> 'textEn', p ->> 'by' from newsletter_wording
    returning * into v_wording;
    perform audit(p ->> 'by', 'newsletter.reword', v_wording.version::text);
    return jsonb_build_object('version', v_wording.version, 'textDe', v_wording.text_de, 'textEn', v_wording.text_en,
                              'createdAt', v_wording.created_at, 'createdBy', v_wording.created_by);
end
$$;

-- A customer's newsletter as they see it; null when the account is no more.
create or replace function own_newsletter_view(p_customer_id uuid) returns jsonb
    language sql stable as $$
    select jsonb_strip_nulls(jsonb_build_object(
        'state', state, 'email', current.email, 'addressConfirmed', current.proven_at is not null,
        'since', case state when 'NONE' then null
                            when 'REQUESTED' then (newsletter_request(p_customer_id)).at
                            else (newsletter_word(p_customer_id)).at end))
      from customer_email current, newsletter_state(p_customer_id) state
     where current.customer_id = p_customer_id and current.until is null
$$;

-- Requests that nobody has confirmed for thirty days prove nothing: what is about the person is taken out. Says of how many.
create or replace function forget_newsletter_requests(p_limit integer) returns integer
    language plpgsql as $$
declare
    v_count integer;
begin
    update newsletter_consent set email = null, from_address = null
     where fact_id in (select fact_id from newsletter_consent request
                        where kind = 'REQUESTED' and at < clock_timestamp() - interval '30 days' and email is not null
                          and not exists (select from newsletter_consent
                                           where request_id = request.request_id and kind = 'CONFIRMED')
                        order by fact_id limit p_limit for update skip locked);
    get diagnostics v_count = row_count;
    return v_count;
end
$$;
