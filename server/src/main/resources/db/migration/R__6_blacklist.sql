-- Blocking a person.

create or replace function blacklist_entry_view(p_entry blacklist_entry) returns jsonb
    language sql volatile as $$
    select jsonb_strip_nulls(jsonb_build_object(
        'entryId', p_entry.entry_id, 'customerId', p_entry.customer_id, 'email', p_entry.email,
        'reason', p_entry.reason, 'createdBy', p_entry.created_by, 'createdAt', p_entry.created_at,
        'endsAt', p_entry.ends_at, 'liftedAt', p_entry.lifted_at, 'liftedBy', p_entry.lifted_by,
        'liftNote', p_entry.lift_note,
        'active', p_entry.lifted_at is null and coalesce(p_entry.ends_at > clock_timestamp(), true)))
$$;

-- Waits for checkouts of this person that are being decided, and lets those that come later see the entry: the lock is
-- theirs too, and it lasts until this has committed.
create or replace function add_blacklist_entry(p jsonb) returns jsonb
    language plpgsql as $$
declare
    v_customer uuid := (p ->> 'customerId')::uuid;
    v_match    bytea := decode(p ->> 'matchKey', 'hex');
    v_entry    blacklist_entry;
begin
    if v_customer is not null and not exists (select from customer where customer_id = v_customer) then
        return refused('CUSTOMER_NOT_FOUND');
    end if;
    perform lock_person(person_keys(v_match, v_customer));
    if (p ->> 'endsAt')::timestamptz <= clock_timestamp() then
        return refused('INVALID_REQUEST');
    end if;
    insert into blacklist_entry (customer_id, match_key, email, reason, created_by, created_at, ends_at)
    values (v_customer, v_match, p ->> 'email', p ->> 'reason', p ->> 'by', clock_timestamp(),
            (p ->> 'endsAt')::timestamptz)
    returning * into v_entry;
    perform audit(p ->> 'by', 'blacklist.add', v_entry.entry_id::text, blacklist_entry_view(v_entry));
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
       set lifted_at = clock_timestamp(), lifted_by = p ->> 'by', lift_note = p ->> 'note'
     where entry_id = (p ->> 'entryId')::uuid and lifted_at is null;
    if found then
        perform audit(p ->> 'by', 'blacklist.lift', p ->> 'entryId', jsonb_build_object('note', p -> 'note'));
    end if;
    select * into v_entry from blacklist_entry where entry_id = (p ->> 'entryId')::uuid;
    return case when found then jsonb_build_object('entry', blacklist_entry_view(v_entry))
                else refused('BLACKLIST_ENTRY_NOT_FOUND') end;
end
$$;
