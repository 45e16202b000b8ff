-- The outbox. What is posted here leaves after commit, at least once.

-- Posts a message unless its effect has been posted before.
create or replace function post_message(
    p_kind text, p_key text, p_payload jsonb, p_due timestamptz default clock_timestamp()) returns void
    language sql volatile as $$
    insert into outbox_message (kind, key, payload, due_at) values (p_kind, p_key, p_payload, p_due)
    on conflict (kind, key) do nothing
$$;

-- Posts a message or, if it was posted before, has it sent again at that time; a try under way cannot end it any more.
create or replace function repost_message(
    p_kind text, p_key text, p_payload jsonb, p_due timestamptz default clock_timestamp()) returns void
    language sql volatile as $$
    insert into outbox_message (kind, key, payload, due_at) values (p_kind, p_key, p_payload, p_due)
    on conflict (kind, key) do update
       set payload = excluded.payload, due_at = excluded.due_at, state = 'WAITING', ended_at = null, tries = 0,
           last_error = null, fence = outbox_message.fence + 1, dismissed_by = null, dismissal_note = null
$$;

-- Ends a message that need not leave any more.
create or replace function drop_message(p_kind text, p_key text) returns void
    language sql volatile as $$
    update outbox_message set state = 'DONE', ended_at = clock_timestamp(), fence = fence + 1
     where kind = p_kind and key = p_key and state = 'WAITING'
$$;

-- Due messages of a kind, oldest first, for one replica to try; others leave them alone until the next try's time. The wait
-- doubles with every try, up to an hour.
create or replace function claim_messages(p_kind text, p_limit integer, p_retry_seconds double precision)
    returns setof outbox_message language sql volatile as $$
    update outbox_message
       set tries = tries + 1, fence = fence + 1,
           due_at = clock_timestamp() + least(3600, p_retry_seconds * power(2, least(tries, 20))) * interval '1 second'
     where message_id in (select message_id from outbox_message
                           where state = 'WAITING' and kind = p_kind and due_at <= clock_timestamp()
                           order by due_at limit p_limit
                             for update skip locked)
    returning *
$$;

-- Tells all replicas which kinds have work for them. Called outside of every other transaction: a notification makes
-- committing transactions wait for each other.
create or replace function announce_messages(p_kinds text[]) returns void
    language plpgsql as $$
begin
    perform pg_notify('outbox', kind) from unnest(p_kinds) as wanted (kind)
      where exists (select from outbox_message
                     where state = 'WAITING' and outbox_message.kind = wanted.kind and due_at <= clock_timestamp());
end
$$;
