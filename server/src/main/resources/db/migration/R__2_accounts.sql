-- Accounts: who can sign in, and what they are mailed.

-- Whether somebody can sign in: there is a hash that can be checked, and nothing stands against it.
create or replace function can_log_in(p_customer customer) returns boolean
    language sql immutable as $$
    select (p_customer.password_hash is not null or p_customer.sealed_hash is not null)
       and p_customer.locked_at is null and p_customer.merged_into is null and p_customer.erased_at is null
$$;

-- Whether somebody only lacks a password: a claim link lets them in.
create or replace function needs_claim(p_customer customer) returns boolean
    language sql immutable as $$
    select p_customer.password_hash is null and p_customer.sealed_hash is null
       and p_customer.locked_at is null and p_customer.merged_into is null and p_customer.erased_at is null
$$;

-- Whether customers can sign in at all: not between the first import that is applied and the cut-over.
create or replace function login_open() returns boolean
    language sql stable as $$
    select exists (select from cut_over)
        or not exists (select from customer_import where apply and state in ('APPLYING', 'APPLIED'))
$$;

-- Mails a link of a kind to the current address of an account, or to another; older links of the kind end. The ways back to former
-- addresses stay: whoever has stolen an account could end them by changing its address twice.
create or replace function mail_account_link(
    p_kind text, p_customer_id uuid, p_seconds double precision, p_email text default null, p_canonical text default null,
    p_due timestamptz default clock_timestamp()) returns uuid
    language plpgsql as $$
declare
    v_link uuid;
begin
    update account_link set voided_at = clock_timestamp()
     where customer_id = p_customer_id and kind = p_kind and kind <> 'REVERT_EMAIL' and used_at is null and voided_at is null;
    insert into account_link (kind, customer_id, email, canonical, expires_at)
    select p_kind, p_customer_id, coalesce(p_email, email), coalesce(p_canonical, canonical),
           p_due + p_seconds * interval '1 second'
      from customer_email where customer_id = p_customer_id and until is null
    returning link_id into v_link;
    if v_link is not null then
        perform post_message('ACCOUNT_MAIL', v_link::text, jsonb_build_object('linkId', v_link), p_due);
    end if;
    return v_link;
end
$$;

-- Mails a claim link to an account that waits for one, at most once a day. Null when there is nothing to send.
create or replace function mail_claim(
    p_customer_id uuid, p_seconds double precision, p_due timestamptz default clock_timestamp()) returns uuid
    language plpgsql as $$
declare
    v_customer customer;
begin
    select * into v_customer from customer where customer_id = p_customer_id for no key update;
    if not found or not needs_claim(v_customer)
       or exists (select from account_link
                   where customer_id = p_customer_id and kind = 'CLAIM' and used_at is null and voided_at is null
                     and created_at > clock_timestamp() - interval '1 day') then
        return null;
    end if;
    return mail_account_link('CLAIM', p_customer_id, p_seconds, p_due => p_due);
end
$$;
