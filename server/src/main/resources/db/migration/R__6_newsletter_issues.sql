-- Issues of the newsletter: written, sent, and what became of them. Who gets one is found out while it is sent.

-- Whose name stands under what is not sent to a customer of one shop.
create or replace function newsletter_sender() returns text
    language sql stable as $$
    select coalesce(setting('organiser') ->> 'name', (select name from shop order by shop_id limit 1))
$$;

create or replace function newsletter_counts(p_issue_id uuid) returns jsonb
    language sql stable as $$
    select jsonb_build_object(
               'waiting', coalesce(sum(count) filter (where state = 'WAITING'), 0),
               'sent', coalesce(sum(count) filter (where state = 'SENT'), 0),
               'leftOut', coalesce(jsonb_agg(jsonb_build_object('reason', reason, 'count', count) order by reason)
                                   filter (where state = 'LEFT_OUT'), '[]'))
      from (select state, reason, count(*) as count from newsletter_delivery
             where issue_id = p_issue_id group by state, reason) counted
$$;

create or replace function newsletter_issue_view(p_issue newsletter_issue) returns jsonb
    language sql stable as $$
    select jsonb_strip_nulls(jsonb_build_object(
        'issueId', p_issue.issue_id, 'version', p_issue.version, 'name', p_issue.name, 'contents', p_issue.contents,
        'state', p_issue.state, 'createdAt', p_issue.created_at, 'createdBy', p_issue.created_by, 'sendAt', p_issue.send_at,
        'startedAt', p_issue.started_at, 'endedAt', p_issue.ended_at, 'allJudged', p_issue.all_judged,
        'noConsent', p_issue.no_consent,
        'counts', coalesce(p_issue.counts, newsletter_counts(p_issue.issue_id)) || jsonb_build_object(
            'bounced', (select count(*) from newsletter_delivery
                         where issue_id = p_issue.issue_id and bounce in ('HARD', 'COMPLAINT')))))
$$;

create or replace function add_newsletter_issue(p jsonb) returns jsonb
    language plpgsql as $$
declare
    v_issue newsletter_issue;
begin
    insert into newsletter_issue (name, contents, created_by) values (p ->> 'name', p -> 'contents', p ->> 'by')
    returning * into v_issue;
    perform audit(p ->> 'by', 'newsletter.create', v_issue.issue_id::text);
    return newsletter_issue_view(v_issue);
end
$$;

-- The issue, locked, if it is the one that the caller has looked at and in one of these states; else {"refused"}.
create or replace function take_newsletter_issue(p jsonb, p_states text[], out issue newsletter_issue, out refusal jsonb)
    language plpgsql as $$
begin
    select * into issue from newsletter_issue where issue_id = (p ->> 'issueId')::uuid for update;
    if not found then
        refusal := refused('NEWSLETTER_ISSUE_NOT_FOUND');
    elsif issue.version <> (p ->> 'version')::bigint then
        refusal := refused('VERSION_CONFLICT');
    elsif not issue.state = any (p_states) then
        refusal := refused('NEWSLETTER_ISSUE_STATE_CONFLICT');
    end if;
end
$$;

create or replace function change_newsletter_issue(p jsonb) returns jsonb
    language plpgsql as $$
declare
    v_taken record := take_newsletter_issue(p, '{DRAFT}');
    v_issue newsletter_issue := v_taken.issue;
begin
    if v_taken.refusal is not null then
        return v_taken.refusal;
    end if;
    update newsletter_issue set name = p ->> 'name', contents = p -> 'contents', version = version + 1
     where issue_id = v_issue.issue_id returning * into v_issue;
    perform audit(p ->> 'by', 'newsletter.change', v_issue.issue_id::text);
    return newsletter_issue_view(v_issue);
end
$$;

-- From now on, or from an instant on, it is sent.
create or replace function send_newsletter_issue(p jsonb) returns jsonb
    language plpgsql as $$
declare
    v_taken record := take_newsletter_issue(p, '{DRAFT}');
    v_issue newsletter_issue := v_taken.issue;
begin
    if v_taken.refusal is not null then
        return v_taken.refusal;
    end if;
    if not newsletter_open() then
        return refused('NEWSLETTER_CLOSED');
    end if;
    update newsletter_issue
       set state = 'SCHEDULED', version = version + 1,
           send_at = greatest(clock_timestamp(), coalesce((p ->> 'sendAt')::timestamptz, '-infinity'))
     where issue_id = v_issue.issue_id returning * into v_issue;
    perform audit(p ->> 'by', 'newsletter.send', v_issue.issue_id::text, jsonb_build_object('sendAt', v_issue.send_at));
    return newsletter_issue_view(v_issue);
end
$$;

-- Stops it where it is, until it is resumed or cancelled.
create or replace function pause_newsletter_issue(p jsonb) returns jsonb
    language plpgsql as $$
declare
    v_taken record := take_newsletter_issue(p, '{SCHEDULED,SENDING}');
    v_issue newsletter_issue := v_taken.issue;
begin
    if v_taken.refusal is not null then
        return v_taken.refusal;
    end if;
    update newsletter_issue set state = 'PAUSED', version = version + 1
     where issue_id = v_issue.issue_id returning * into v_issue;
    perform audit(p ->> 'by', 'newsletter.pause', v_issue.issue_id::text);
    return newsletter_issue_view(v_issue);
end
$$;

create or replace function resume_newsletter_issue(p jsonb) returns jsonb
    language plpgsql as $$
declare
    v_taken record := take_newsletter_issue(p, '{PAUSED}');
    v_issue newsletter_issue := v_taken.issue;
begin
    if v_taken.refusal is not null then
        return v_taken.refusal;
    end if;
    if not newsletter_open() then
        return refused('NEWSLETTER_CLOSED');
    end if;
    update newsletter_issue
       set state = case when started_at is null then 'SCHEDULED' else 'SENDING' end, version = version + 1
     where issue_id = v_issue.issue_id returning * into v_issue;
    perform audit(p ->> 'by', 'newsletter.resume', v_issue.issue_id::text);
    return newsletter_issue_view(v_issue);
end
$$;

-- For good. Whoever has not been sent it is left out; what has left cannot be called back.
create or replace function cancel_newsletter_issue(p jsonb) returns jsonb
    language plpgsql as $$
declare
    v_taken record := take_newsletter_issue(p, '{DRAFT,SCHEDULED,SENDING,PAUSED}');
    v_issue newsletter_issue := v_taken.issue;
begin
    if v_taken.refusal is not null then
        return v_taken.refusal;
    end if;
    update newsletter_issue set state = 'CANCELLED', version = version + 1, ended_at = clock_timestamp()
     where issue_id = v_issue.issue_id returning * into v_issue;
    perform audit(p ->> 'by', 'newsletter.cancel', v_issue.issue_id::text);
    return newsletter_issue_view(v_issue);
end
$$;

-- A test, to people of the house: not to the address of a customer.
create or replace function test_newsletter_issue(p jsonb) returns jsonb
    language plpgsql as $$
declare
    v_issue    newsletter_issue;
    v_customer integer;
begin
    select * into v_issue from newsletter_issue where issue_id = (p ->> 'issueId')::uuid;
    if not found then
        return refused('NEWSLETTER_ISSUE_NOT_FOUND');
    end if;
    select position - 1 into v_customer
      from jsonb_array_elements(p -> 'to') with ordinality one (address, position)
      join customer_email on canonical = address ->> 'canonical' and until is null
     order by position limit 1;
    if found then
        return refused('INVALID_REQUEST', jsonb_build_object('position', v_customer));
    end if;
    perform post_message('NEWSLETTER_MAIL', 'test:' || gen_random_uuid(), jsonb_build_object(
                'test', true, 'sender', newsletter_sender(), 'email', address ->> 'email', 'language', p ->> 'language',
                'content', coalesce(v_issue.contents -> (p ->> 'language'),
                                    (select value from jsonb_each(v_issue.contents) order by key limit 1))))
       from jsonb_array_elements(p -> 'to') address;
    perform audit(p ->> 'by', 'newsletter.test', v_issue.issue_id::text, jsonb_build_object('to', jsonb_array_length(p -> 'to')));
    return jsonb_build_object('mails', jsonb_array_length(p -> 'to'));
end
$$;

-- How many would get it now, and why others would not.
create or replace function newsletter_reach() returns jsonb
    language sql stable as $$
    select jsonb_build_object(
               'recipients', coalesce(sum(count) filter (where obstacle is null), 0),
               'leftOut', coalesce(jsonb_agg(jsonb_build_object('reason', obstacle, 'count', count) order by obstacle)
                                   filter (where obstacle is not null), '[]'),
               'open', newsletter_open(), 'sender', newsletter_sender())
      from (select newsletter_obstacle(customer, word.kind, current.proven_at is not null, dead.canonical is not null)
                       as obstacle, count(*) as count
              from customer
              left join (select distinct on (customer_id) customer_id, kind from newsletter_consent
                          where kind <> 'REQUESTED' order by customer_id, at desc, fact_id desc) word using (customer_id)
              left join customer_email current on current.customer_id = customer.customer_id and current.until is null
              left join newsletter_dead_address dead on dead.canonical = current.canonical
             where erased_at is null and merged_into is null
             group by obstacle) counted
$$;

-- Lets the issue whose turn it is go on by a batch: looks at the next customers who have ever said yes, posts a mail for each who
-- may get it, so far apart as the pace says, and notes why others may not. A transaction of its own: a customer's turn has come
-- or has not. One replica at a time, and about a minute ahead of the mails.
create or replace function advance_newsletter(p jsonb) returns jsonb
    language plpgsql as $$
declare
    v_issue  newsletter_issue;
    v_gap    interval := 60.0 / (p ->> 'perMinute')::integer * interval '1 second';
    v_limit  integer := least((p ->> 'batch')::integer, (p ->> 'perMinute')::integer);
    v_due    timestamptz;
    v_person record;
    v_mail   uuid;
    v_looked integer := 0;
begin
    if not pg_try_advisory_xact_lock(hashtext('advance_newsletter')) or not newsletter_open() then
        return jsonb_build_object('looked', 0);
    end if;
    perform end_newsletter_issues();
    select * into v_issue from newsletter_issue
     where state in ('SCHEDULED', 'SENDING') and send_at <= clock_timestamp() and not all_judged
     order by send_at, issue_id limit 1 for update;
    if not found then
        return jsonb_build_object('looked', 0);
    end if;
    select greatest(max(paced_until), clock_timestamp()) into v_due from newsletter_issue where state <> 'CANCELLED';
    if v_due > clock_timestamp() + interval '1 minute' then
        return jsonb_build_object('looked', 0);
    end if;
    for v_person in
        select customer.customer_id, newsletter_obstacle(customer) as obstacle
          from (select distinct customer_id from newsletter_consent
                 where kind in ('CONFIRMED', 'IMPORTED') and customer_id > v_issue.judged_to
                 order by customer_id limit v_limit) next
          join customer using (customer_id)
         order by customer_id
    loop
        insert into newsletter_delivery (issue_id, customer_id, state, reason)
        values (v_issue.issue_id, v_person.customer_id,
                case when v_person.obstacle is null then 'WAITING' else 'LEFT_OUT' end, v_person.obstacle)
        on conflict (issue_id, customer_id) do nothing
        returning delivery_id into v_mail;
        if v_mail is not null and v_person.obstacle is null then
            v_due := v_due + v_gap;
            perform post_message('NEWSLETTER_MAIL', v_mail::text, jsonb_build_object('deliveryId', v_mail), v_due);
        end if;
        v_issue.judged_to := v_person.customer_id;
        v_looked := v_looked + 1;
    end loop;
    update newsletter_issue
       set state = 'SENDING', started_at = coalesce(started_at, clock_timestamp()), judged_to = v_issue.judged_to,
           paced_until = v_due, all_judged = v_looked < v_limit
     where issue_id = v_issue.issue_id;
    return jsonb_build_object('looked', v_looked);
end
$$;

-- An issue has been sent when everybody has been looked at and no mail waits any more. Those that could not leave are dead in
-- the outbox, and leave when staff have them tried again.
create or replace function end_newsletter_issues() returns void
    language sql volatile as $$
    update newsletter_issue issue
       set state = 'SENT', ended_at = clock_timestamp(), counts = newsletter_counts(issue_id),
           no_consent = (select count(*) from customer
                          where erased_at is null and merged_into is null
                            and not exists (select from newsletter_consent
                                             where newsletter_consent.customer_id = customer.customer_id
                                               and kind in ('CONFIRMED', 'IMPORTED')))
     where state = 'SENDING' and all_judged
       and not exists (select from newsletter_delivery delivery
                         join outbox_message message on message.kind = 'NEWSLETTER_MAIL' and key = delivery_id::text
                        where delivery.issue_id = issue.issue_id and delivery.state = 'WAITING' and message.state = 'WAITING')
$$;

-- A mail is about to leave: looks again whether its reader may get it, in a lock that whoever withdraws, is locked or moves has to
-- wait for, and says what to send where. {"stopped": true} while the issue is stopped; {} when it must not leave.
create or replace function begin_newsletter_mail(p jsonb) returns jsonb
    language plpgsql as $$
declare
    v_delivery newsletter_delivery;
    v_issue    newsletter_issue;
    v_customer customer;
    v_obstacle text;
begin
    select * into v_delivery from newsletter_delivery where delivery_id = (p ->> 'deliveryId')::uuid;
    if not found or v_delivery.state <> 'WAITING' then
        return '{}';
    end if;
    select * into v_customer from customer where customer_id = v_delivery.customer_id for share;
    select * into v_delivery from newsletter_delivery where delivery_id = v_delivery.delivery_id for update;
    select * into v_issue from newsletter_issue where issue_id = v_delivery.issue_id;
    if v_delivery.state <> 'WAITING' then
        return '{}';
    end if;
    v_obstacle := case when v_issue.state = 'CANCELLED' then 'CANCELLED' else newsletter_obstacle(v_customer) end;
    if v_obstacle is not null then
        return end_newsletter_mail(jsonb_build_object('deliveryId', v_delivery.delivery_id, 'reason', v_obstacle));
    end if;
    if v_issue.state = 'PAUSED' or not newsletter_open() then
        return jsonb_build_object('stopped', true);
    end if;
    update newsletter_delivery
       set email = current.email, canonical = current.canonical, decided_at = clock_timestamp()
      from customer_email current
     where delivery_id = v_delivery.delivery_id and current.customer_id = v_delivery.customer_id and until is null
    returning newsletter_delivery.* into v_delivery;
    return jsonb_strip_nulls(jsonb_build_object(
        'stopped', false, 'now', v_delivery.decided_at, 'email', v_delivery.email, 'name', v_customer.name,
        'language', case when v_issue.contents ? v_customer.language then v_customer.language
                         else (select min(key) from jsonb_object_keys(v_issue.contents) key) end,
        'contents', v_issue.contents,
        'sender', (select coalesce(setting('organiser') ->> 'name', shop.name) from shop
                    where shop_id = v_customer.shop_id),
        'page', (select coalesce(account_page_url, overview_url) from shop where shop_id = v_customer.shop_id)));
end
$$;

-- The mail has left, or its server has refused it for good, or staff have decided that it need not.
create or replace function end_newsletter_mail(p jsonb) returns jsonb
    language plpgsql as $$
declare
    v_delivery newsletter_delivery;
begin
    update newsletter_delivery
       set state = case when p ? 'reason' then 'LEFT_OUT' else 'SENT' end, reason = p ->> 'reason',
           decided_at = clock_timestamp()
     where delivery_id = (p ->> 'deliveryId')::uuid and state = 'WAITING'
    returning * into v_delivery;
    -- One that was dead in the outbox when its issue ended.
    update newsletter_issue set counts = null where issue_id = v_delivery.issue_id and counts is not null;
    if p ->> 'reason' = 'REFUSED' and (p ->> 'recipientRefused')::boolean and v_delivery.canonical is not null then
        insert into newsletter_dead_address (canonical, status) values (v_delivery.canonical, p ->> 'status')
        on conflict do nothing;
    end if;
    return '{}';
end
$$;

-- Who of those who have said yes got it and who did not, in the order of their ids.
create or replace function newsletter_delivery_view(p_delivery newsletter_delivery) returns jsonb
    language sql stable as $$
    select jsonb_strip_nulls(jsonb_build_object(
        'deliveryId', p_delivery.delivery_id, 'customerId', p_delivery.customer_id, 'state', p_delivery.state,
        'reason', p_delivery.reason, 'email', p_delivery.email, 'decidedAt', p_delivery.decided_at,
        'bounce', p_delivery.bounce))
$$;

-- Somebody's mail server, or whoever sends for us, says what became of a mail. Once per event. An address that cannot be
-- reached gets no issue any more, a complaint ends the consent. What speaks of nothing of ours changes nothing; the newest
-- thousand of those are kept.
create or replace function note_newsletter_bounce(p jsonb) returns jsonb
    language plpgsql as $$
declare
    v_delivery newsletter_delivery;
    v_bounce   bigint;
begin
    -- Customer first, then delivery, as everybody does.
    select delivery.* into v_delivery from newsletter_delivery delivery
      join customer using (customer_id)
     where delivery_id = (p ->> 'deliveryId')::uuid and delivery.email is not null
       for no key update of customer;
    insert into newsletter_bounce (event_key, delivery_id, kind, status)
    values (p ->> 'eventKey', v_delivery.delivery_id, p ->> 'kind', p ->> 'status')
    on conflict (event_key) do nothing
    returning bounce_id into v_bounce;
    if v_bounce is null then
        return '{}';
    end if;
    if v_delivery.delivery_id is null then
        delete from newsletter_bounce
         where delivery_id is null
           and bounce_id <= (select bounce_id from newsletter_bounce where delivery_id is null
                              order by bounce_id desc offset 1000 limit 1);
        return '{}';
    end if;
    update newsletter_delivery
       set bounce = case when bounce = 'COMPLAINT' or bounce = 'HARD' and p ->> 'kind' = 'SOFT' then bounce else p ->> 'kind' end
     where delivery_id = v_delivery.delivery_id;
    if p ->> 'kind' = 'HARD' then
        insert into newsletter_dead_address (canonical, status) values (v_delivery.canonical, p ->> 'status')
        on conflict do nothing;
    elsif p ->> 'kind' = 'COMPLAINT' then
        perform withdraw_consent(v_delivery.customer_id, 'COMPLAINT');
    end if;
    return '{}';
end
$$;
