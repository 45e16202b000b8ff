-- What customers do with their accounts, and what mails say of them. The row of the account is the lock.

-- A mail about an account that has no link of its own, once under its key.
create or replace function post_account_notice(p_template text, p_customer_id uuid, p_key text) returns void
    language sql volatile as $$
    select post_message('ACCOUNT_MAIL', p_template || ':' || p_customer_id || ':' || p_key,
                        jsonb_build_object('template', p_template, 'customerId', p_customer_id))
$$;

-- The account that somebody opens. The address decides: of two at once the first one's wins, and an account that is there stays as it
-- is. Its mailbox hears of it either way.
create or replace function register_customer(p jsonb) returns jsonb
    language plpgsql as $$
declare
    v_id       uuid := uuidv7();
    v_customer customer;
begin
    with address as (
        insert into customer_email (customer_id, email, canonical, match_key)
        values (v_id, p ->> 'email', p ->> 'canonical', decode(p ->> 'matchKey', 'hex'))
        on conflict (canonical) where until is null do nothing
        returning customer_id
    )
    insert into customer (customer_id, name, phone, password_hash, password_changed_at, language)
    select customer_id, p ->> 'name', p ->> 'phone', p ->> 'passwordHash', clock_timestamp(), p ->> 'language' from address;
    if found then
        perform mail_account_link('CONFIRM_EMAIL', v_id, (p ->> 'proofSeconds')::double precision);
        return '{}';
    end if;
    select customer.* into v_customer from customer join customer_email using (customer_id)
     where canonical = p ->> 'canonical' and until is null;
    if needs_claim(v_customer) then
        perform mail_claim(v_customer.customer_id, (p ->> 'claimSeconds')::double precision);
    elsif can_log_in(v_customer) then
        perform post_account_notice('account-exists', v_customer.customer_id, current_date::text);
    end if;
    return '{}';
end
$$;

-- Somebody cannot get in. The same is written whoever it is; who it was is found later.
create or replace function ask_for_help(p jsonb) returns jsonb
    language plpgsql as $$
begin
    if not login_open() then
        return refused('SIGN_IN_NOT_OPEN');
    end if;
    if p ? 'cart' then
        perform take_cart_along(p -> 'cart', null);
    end if;
    perform post_message(p ->> 'kind', p ->> 'key', jsonb_build_object('login', p -> 'login', 'asked', p -> 'asked'));
    return '{}';
end
$$;

-- Mails whoever cannot get in the link that they need: after a failed login only to those who have no password here yet.
create or replace function help_in(p jsonb) returns jsonb
    language plpgsql as $$
declare
    v_customer customer;
    v_kind     text;
begin
    select customer.* into v_customer
      from login_facts(p ->> 'login') facts join customer using (customer_id)
       for no key update of customer;
    v_kind := case when needs_claim(v_customer) then 'CLAIM' when can_log_in(v_customer) then 'RESET' end;
    if v_kind is null or not login_open() then
        return '{}';
    end if;
    if not (p ->> 'asked')::boolean then
        perform mail_claim(v_customer.customer_id, (p ->> 'claimSeconds')::double precision);
    elsif (select count(*) filter (where created_at > clock_timestamp() - interval '5 minutes') = 0 and count(*) < 10
             from account_link
            where customer_id = v_customer.customer_id and kind = v_kind
              and created_at > clock_timestamp() - interval '1 day') then
        perform mail_account_link(v_kind, v_customer.customer_id,
                                  (p ->> case v_kind when 'CLAIM' then 'claimSeconds' else 'resetSeconds' end)::double precision);
    end if;
    return '{}';
end
$$;

-- Redeems a link, once. A row of nulls when it does not work any more: used, replaced, too old, of another kind, or sent to an
-- address that is not the account's any more.
create or replace function use_account_link(p_link_id uuid, p_kinds text[]) returns account_link
    language plpgsql as $$
declare
    v_link account_link;
begin
    perform from customer where customer_id = (select customer_id from account_link where link_id = p_link_id) for no key update;
    update account_link link set used_at = clock_timestamp()
      from customer, customer_email address
     where link_id = p_link_id and kind = any (p_kinds) and used_at is null and voided_at is null
       and expires_at > clock_timestamp() and customer.customer_id = link.customer_id
       and locked_at is null and merged_into is null and erased_at is null
       and address.customer_id = link.customer_id and address.until is null
       and (kind in ('CHANGE_EMAIL', 'REVERT_EMAIL') or address.canonical = link.canonical)
    returning link.* into v_link;
    return v_link;
end
$$;

-- Everything ends that let somebody in before; the ways back to former addresses stay.
create or replace function end_sessions(p_customer_id uuid, p_ways_back_too boolean default false) returns void
    language plpgsql as $$
begin
    update customer set session_version = session_version + 1 where customer_id = p_customer_id;
    delete from customer_session where customer_id = p_customer_id;
    update account_link set voided_at = clock_timestamp()
     where customer_id = p_customer_id and used_at is null and voided_at is null
       and (p_ways_back_too or kind <> 'REVERT_EMAIL');
end
$$;

create or replace function prove_mailbox(p_customer_id uuid) returns void
    language plpgsql as $$
begin
    update customer_email set proven_at = clock_timestamp()
     where customer_id = p_customer_id and until is null and proven_at is null;
    perform take_guest_orders(p_customer_id);
end
$$;

create or replace function give_password(p_customer_id uuid, p_hash text, p jsonb) returns jsonb
    language plpgsql as $$
declare
    v_changed timestamptz := clock_timestamp();
begin
    update customer set password_hash = p_hash, sealed_hash = null, password_changed_at = v_changed
     where customer_id = p_customer_id;
    perform end_sessions(p_customer_id);
    return open_session(p || jsonb_build_object('customerId', p_customer_id, 'passwordChangedAt', v_changed));
end
$$;

create or replace function set_password_by_link(p jsonb) returns jsonb
    language plpgsql as $$
declare
    v_link account_link;
begin
    if not login_open() then
        return refused('SIGN_IN_NOT_OPEN');
    end if;
    -- Before the account, as everywhere.
    if p ? 'cart' then
        perform lock_cart(p -> 'cart');
    end if;
    v_link := use_account_link((p ->> 'linkId')::uuid, '{RESET,CLAIM}');
    if v_link.link_id is null then
        return refused('ACCOUNT_LINK_GONE');
    end if;
    perform prove_mailbox(v_link.customer_id);
    if v_link.kind = 'RESET' then
        perform post_account_notice('account-password-changed', v_link.customer_id, v_link.link_id::text);
    end if;
    return give_password(v_link.customer_id, p ->> 'passwordHash', p);
end
$$;

-- In place of the password that was checked; if there is another by now, that one stays.
create or replace function change_password(p jsonb) returns jsonb
    language plpgsql as $$
declare
    v_customer uuid := (p ->> 'customerId')::uuid;
begin
    perform from customer
      where customer_id = v_customer and password_changed_at is not distinct from (p ->> 'passwordChangedAt')::timestamptz
        for no key update;
    if not found then
        return refused('PASSWORD_WRONG');
    end if;
    perform post_account_notice('account-password-changed', v_customer, p -> 'session' ->> 'sessionId');
    return give_password(v_customer, p ->> 'passwordHash', p);
end
$$;

-- A few times an hour; more is not told and mails nothing. Whoever has the address already is told that somebody wants it.
create or replace function ask_email_change(p jsonb) returns jsonb
    language plpgsql as $$
declare
    v_customer uuid := (p ->> 'customerId')::uuid;
    v_owner    uuid;
begin
    perform from customer where customer_id = v_customer and can_log_in(customer) for no key update;
    if not found or (select count(*) from account_link where customer_id = v_customer and kind = 'CHANGE_EMAIL'
                        and created_at > clock_timestamp() - interval '1 hour') >= 3 then
        return '{}';
    end if;
    select customer_id into v_owner from customer_email where canonical = p ->> 'canonical' and until is null;
    if v_owner is null or v_owner = v_customer then
        perform mail_account_link('CHANGE_EMAIL', v_customer, (p ->> 'changeSeconds')::double precision,
                                  p ->> 'email', p ->> 'canonical');
    else
        perform post_account_notice('account-exists', v_owner, current_date::text);
    end if;
    return '{}';
end
$$;

-- Makes an address the current one. False when it is another account's by now.
create or replace function move_to_address(
    p_customer_id uuid, p_email text, p_canonical text, p_match_key bytea, p_proven_at timestamptz, out moved boolean,
    out former customer_email)
    language plpgsql as $$
declare
    v_now timestamptz := clock_timestamp();
begin
    update customer_email set until = v_now where customer_id = p_customer_id and until is null returning * into former;
    insert into customer_email (customer_id, email, canonical, match_key, since, proven_at)
    values (p_customer_id, p_email, p_canonical, p_match_key, v_now, p_proven_at)
    on conflict (canonical) where until is null do nothing;
    moved := found;
    if not moved then
        update customer_email set until = null where customer_id = former.customer_id and canonical = former.canonical
                                                 and since = former.since;
    end if;
end
$$;

create or replace function confirm_email(p jsonb) returns jsonb
    language plpgsql as $$
declare
    v_link  account_link := use_account_link((p ->> 'linkId')::uuid, '{CONFIRM_EMAIL,CHANGE_EMAIL}');
    v_moved record;
begin
    if v_link.kind = 'CHANGE_EMAIL' then
        v_moved := move_to_address(v_link.customer_id, v_link.email, v_link.canonical, decode(p ->> 'matchKey', 'hex'),
                                   clock_timestamp());
        if not v_moved.moved then
            return refused('ACCOUNT_LINK_GONE');
        end if;
        perform end_sessions(v_link.customer_id);
        perform mail_account_link('REVERT_EMAIL', v_link.customer_id, (p ->> 'revertSeconds')::double precision,
                                  (v_moved.former).email, (v_moved.former).canonical);
    elsif v_link.link_id is null then
        return refused('ACCOUNT_LINK_GONE');
    end if;
    perform prove_mailbox(v_link.customer_id);
    return '{}';
end
$$;

-- Whoever changed the address may know the password: it does not work any more, and the owner is mailed a link to choose another.
create or replace function revert_email(p jsonb) returns jsonb
    language plpgsql as $$
declare
    v_link  account_link := use_account_link((p ->> 'linkId')::uuid, '{REVERT_EMAIL}');
    v_moved record;
begin
    if v_link.link_id is null then
        return refused('ACCOUNT_LINK_GONE');
    end if;
    v_moved := move_to_address(v_link.customer_id, v_link.email, v_link.canonical, decode(p ->> 'matchKey', 'hex'),
                                   clock_timestamp());
    if not v_moved.moved then
        return refused('ACCOUNT_LINK_GONE');
    end if;
    update customer set password_hash = null, sealed_hash = null, password_changed_at = clock_timestamp()
     where customer_id = v_link.customer_id;
    perform end_sessions(v_link.customer_id, true);
    perform prove_mailbox(v_link.customer_id);
    perform mail_account_link('CLAIM', v_link.customer_id, (p ->> 'claimSeconds')::double precision);
    return '{}';
end
$$;

create or replace function ask_email_proof(p jsonb) returns jsonb
    language plpgsql as $$
declare
    v_customer uuid := (p ->> 'customerId')::uuid;
begin
    perform from customer where customer_id = v_customer and can_log_in(customer) for no key update;
    if found and exists (select from customer_email where customer_id = v_customer and until is null and proven_at is null)
       and not exists (select from account_link where customer_id = v_customer and kind = 'CONFIRM_EMAIL'
                          and created_at > clock_timestamp() - interval '5 minutes') then
        perform mail_account_link('CONFIRM_EMAIL', v_customer, (p ->> 'proofSeconds')::double precision);
    end if;
    return '{}';
end
$$;

create or replace function revoke_sessions(p jsonb) returns jsonb
    language plpgsql as $$
begin
    perform end_sessions((p ->> 'customerId')::uuid);
    return '{}';
end
$$;

-- What a mail about an account says, or null when there is nothing to say any more. It goes to the current address, but for links
-- that are there to change that.
create or replace function account_mail_facts(p jsonb) returns jsonb
    language sql volatile as $$
    select jsonb_strip_nulls(jsonb_build_object(
               'now', clock_timestamp(), 'template', coalesce(p ->> 'template', case link.kind
                   when 'CONFIRM_EMAIL' then 'account-confirm-email' when 'RESET' then 'account-reset'
                   when 'CLAIM' then 'account-claim' when 'CHANGE_EMAIL' then 'account-change-email'
                   when 'REVERT_EMAIL' then 'account-email-changed' end),
               'kind', link.kind, 'linkId', link.link_id, 'expiresAt', link.expires_at,
               'email', coalesce(link.email, address.email), 'name', nullif(customer.name, ''), 'language', customer.language,
               'page', coalesce(shop.account_page_url, shop.overview_url),
               'sender', coalesce(setting('organiser') ->> 'name', shop.name),
               'current', address.email))
      from customer
      join shop using (shop_id)
      join customer_email address on address.customer_id = customer.customer_id and address.until is null
      left join account_link link on link.link_id = (p ->> 'linkId')::uuid and link.customer_id = customer.customer_id
     where customer.customer_id = coalesce((p ->> 'customerId')::uuid,
                                           (select customer_id from account_link where link_id = (p ->> 'linkId')::uuid))
       and customer.locked_at is null and customer.merged_into is null and customer.erased_at is null
       and (link.link_id is null and p ? 'template'
            or link.used_at is null and link.voided_at is null and link.expires_at > clock_timestamp()
               and (link.kind in ('CHANGE_EMAIL', 'REVERT_EMAIL') or link.canonical = address.canonical))
$$;
