-- Claim links for all who wait for one. Who that is, is found out when their turn comes.

-- Accounts that wait to be claimed, have not had their turn, and can be mailed.
create or replace function accounts_to_claim(p_source text, p_after uuid) returns setof customer
    language sql stable as $$
    select * from customer
     where password_hash is null and sealed_hash is null and locked_at is null and merged_into is null and erased_at is null
       and customer_id > p_after
       and (p_source is null
            or exists (select from legacy_customer
                        where legacy_customer.customer_id = customer.customer_id and source = p_source))
       and exists (select from customer_email
                    where customer_email.customer_id = customer.customer_id and until is null)
$$;

create or replace function claim_campaign_view(p_campaign claim_campaign) returns jsonb
    language sql volatile as $$
    select jsonb_strip_nulls(jsonb_build_object(
        'campaignId', p_campaign.campaign_id, 'state', p_campaign.state, 'source', p_campaign.source,
        'perHour', p_campaign.per_hour, 'leftOut', p_campaign.left_out, 'posted', mail.posted, 'claimed', mail.claimed,
        'undelivered', (select count(*) from claim_campaign_mail
                         where campaign_id = p_campaign.campaign_id
                           and (exists (select from outbox_message
                                         where kind = 'ACCOUNT_MAIL' and state = 'DEAD' and key = link_id::text)
                                or exists (select from customer_email join newsletter_dead_address using (canonical)
                                            where customer_email.customer_id = claim_campaign_mail.customer_id and until is null))),
        'waiting', case when p_campaign.ended_at is null
                        then (select count(*) from accounts_to_claim(p_campaign.source, p_campaign.reached)) else 0 end,
        'startedBy', p_campaign.started_by, 'startedAt', p_campaign.started_at, 'endedAt', p_campaign.ended_at))
      from (select count(*) as posted, count(*) filter (where can_log_in(customer)) as claimed
              from claim_campaign_mail join customer using (customer_id)
             where campaign_id = p_campaign.campaign_id) mail
$$;

create or replace function preview_claim_campaign(p jsonb) returns jsonb
    language plpgsql as $$
declare
    v_accounts bigint;
    v_mailed   bigint;
begin
    select count(*), count(*) filter (where exists (
               select from account_link link
                where link.customer_id = waiting.customer_id and kind = 'CLAIM' and used_at is null and voided_at is null
                  and created_at > clock_timestamp() - interval '1 day'))
      into v_accounts, v_mailed
      from accounts_to_claim(p ->> 'source', '00000000-0000-0000-0000-000000000000') waiting;
    perform audit(p ->> 'by', 'claim-campaign.preview', null, jsonb_build_object('source', p -> 'source'));
    return jsonb_build_object('preview', jsonb_build_object(
        'accounts', v_accounts, 'mailedToday', v_mailed,
        'minutes', ceil((v_accounts - v_mailed) * 60.0 / (p ->> 'perHour')::integer)::bigint));
end
$$;

create or replace function start_claim_campaign(p jsonb) returns jsonb
    language plpgsql as $$
declare
    v_seen     jsonb := earlier_answer(p);
    v_campaign claim_campaign;
begin
    if v_seen is not null then
        return v_seen;
    end if;
    insert into claim_campaign (source, per_hour, started_by)
    values (p ->> 'source', (p ->> 'perHour')::integer, p ->> 'by')
    on conflict ((true)) where state in ('RUNNING', 'PAUSED') do nothing
    returning * into v_campaign;
    if not found then
        return coalesce(earlier_answer(p), refused('CLAIM_CAMPAIGN_OPEN'));
    end if;
    perform audit(p ->> 'by', 'claim-campaign.start', v_campaign.campaign_id::text,
                  jsonb_build_object('source', p -> 'source', 'perHour', p -> 'perHour'));
    return remember_answer(p, jsonb_build_object('campaign', claim_campaign_view(v_campaign)));
end
$$;

-- Pauses, resumes or ends it; what it is already it stays, and nothing is noted.
create or replace function turn_claim_campaign(p jsonb) returns jsonb
    language plpgsql as $$
declare
    v_state    text := p ->> 'state';
    v_campaign claim_campaign;
begin
    select * into v_campaign from claim_campaign where campaign_id = (p ->> 'campaignId')::uuid for update;
    if not found then
        return refused('CLAIM_CAMPAIGN_NOT_FOUND');
    end if;
    if v_campaign.state <> v_state then
        if v_campaign.ended_at is not null then
            return refused('CLAIM_CAMPAIGN_ENDED');
        end if;
        update claim_campaign
           set state = v_state, ended_at = case when v_state = 'CANCELLED' then clock_timestamp() end,
               paced_until = greatest(paced_until, clock_timestamp())
         where campaign_id = v_campaign.campaign_id
        returning * into v_campaign;
        perform audit(p ->> 'by',
                      case v_state when 'PAUSED' then 'claim-campaign.pause' when 'RUNNING' then 'claim-campaign.resume'
                                   else 'claim-campaign.cancel' end,
                      v_campaign.campaign_id::text);
    end if;
    return jsonb_build_object('campaign', claim_campaign_view(v_campaign));
end
$$;

create or replace function list_claim_campaigns(p jsonb) returns jsonb
    language sql volatile as $$
    select jsonb_build_object('campaigns', coalesce(jsonb_agg(claim_campaign_view(campaign)
                                                              order by started_at desc, campaign_id desc), '[]'))
      from (select * from claim_campaign
             where not p ? 'beforeAt'
                or (started_at, campaign_id) < ((p ->> 'beforeAt')::timestamptz, (p ->> 'beforeId')::uuid)
             order by started_at desc, campaign_id desc limit (p ->> 'limit')::integer) campaign
$$;

-- Posts what is due within the time ahead, so many accounts at most, and goes on where the last look has ended. While another
-- replica is at it, or while nobody can sign in, nothing is done. Says how many accounts had their turn.
create or replace function continue_claim_campaign(p jsonb) returns jsonb
    language plpgsql as $$
declare
    v_campaign claim_campaign;
    v_step     interval;
    v_next     timestamptz;
    v_until    timestamptz := clock_timestamp() + (p ->> 'aheadSeconds')::double precision * interval '1 second';
    v_customer uuid;
    v_link     uuid;
    v_turns    integer := 0;
    v_left_out integer := 0;
begin
    select * into v_campaign from claim_campaign where state = 'RUNNING' and login_open() for update skip locked;
    if not found then
        return jsonb_build_object('turns', 0);
    end if;
    v_step := interval '1 hour' / v_campaign.per_hour;
    v_next := greatest(v_campaign.paced_until, clock_timestamp());
    for v_customer in
        select customer_id from accounts_to_claim(v_campaign.source, v_campaign.reached)
         order by customer_id limit (p ->> 'limit')::integer
    loop
        exit when v_next > v_until;
        v_link := mail_claim(v_customer, (p ->> 'linkSeconds')::double precision, p_due => v_next);
        if v_link is not null then
            insert into claim_campaign_mail (campaign_id, customer_id, link_id, due_at)
            values (v_campaign.campaign_id, v_customer, v_link, v_next);
            v_next := v_next + v_step;
        else
            v_left_out := v_left_out + 1;
        end if;
        v_campaign.reached := v_customer;
        v_turns := v_turns + 1;
    end loop;
    update claim_campaign
       set reached = v_campaign.reached, paced_until = v_next, left_out = left_out + v_left_out,
           state = case when v_turns = 0 and v_next <= v_until then 'DONE' else state end,
           ended_at = case when v_turns = 0 and v_next <= v_until then clock_timestamp() end
     where campaign_id = v_campaign.campaign_id;
    return jsonb_build_object('turns', v_turns);
end
$$;
