-- A customer's limit. A customer without a row has the default limit and owes nothing, at version 1.

create or replace function credit_account_view(p_customer_id uuid) returns jsonb
    language sql stable as $$
    select jsonb_strip_nulls(jsonb_build_object(
               'customerId', customer.customer_id, 'limit', account.limit_amount,
               'exposure', coalesce(account.exposure, 0), 'version', coalesce(account.version, 1)))
      from customer left join credit_account account using (customer_id)
     where customer.customer_id = p_customer_id
$$;

-- The row is the lock that checkouts take as well, so each of them is decided by the limit before or after, never between.
-- A limit below what is owed touches nothing that was accepted.
create or replace function set_credit_limit(p jsonb) returns jsonb
    language plpgsql as $$
declare
    v_customer uuid := (p ->> 'customerId')::uuid;
    v_account  credit_account;
begin
    insert into credit_account (customer_id) select customer_id from customer where customer_id = v_customer
    on conflict do nothing;
    select * into v_account from credit_account where customer_id = v_customer for update;
    if not found then
        return refused('CUSTOMER_NOT_FOUND');
    end if;
    if v_account.version <> (p ->> 'version')::bigint then
        return refused('VERSION_CONFLICT');
    end if;
    update credit_account set limit_amount = (p ->> 'limit')::bigint, version = version + 1
     where customer_id = v_customer;
    insert into credit_limit_change (customer_id, from_amount, to_amount, reason, changed_by)
    values (v_customer, v_account.limit_amount, (p ->> 'limit')::bigint, p ->> 'reason', p ->> 'by');
    perform audit(p ->> 'by', 'credit.set-limit', v_customer::text,
                  jsonb_build_object('before', v_account.limit_amount, 'after', p -> 'limit', 'reason', p -> 'reason'));
    return jsonb_build_object('account', credit_account_view(v_customer));
end
$$;
