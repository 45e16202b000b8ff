-- The company's help desk: what it is told of cases, and what it says about them. It is told only where one is set.

-- The help desk's ticket is nothing that anybody decides on, so it makes no new version: whoever looked at the case before the
-- ticket had its number can still decide. Fires after the trigger that counts, because its name follows.
create or replace function keep_case_version() returns trigger
    language plpgsql as $$
begin
    new.version := old.version;
    return new;
end
$$;

create or replace trigger case_file_version_kept before update of ticket_number on case_file
    for each row execute function keep_case_version();

-- There is something to tell of a case. A message that waits stays as it is: whoever tells of the case looks again before they
-- end it, and a help desk that wants to be left alone is. One that had ended is a new one, which an earlier try cannot end.
create or replace function post_to_help_desk(p_case_number text) returns void
    language sql volatile as $$
    insert into outbox_message (kind, key, payload) values ('HELP_DESK', p_case_number, '{}')
    on conflict (kind, key) do update
       set state = 'WAITING', ended_at = null, dismissed_by = null, dismissal_note = null, last_error = null, tries = 0,
           due_at = excluded.due_at, fence = outbox_message.fence + 1
     where outbox_message.state <> 'WAITING'
$$;

-- Notes what the help desk is to be told of a case. One that was opened when there was no help desk is opened there first.
create or replace function note_for_help_desk(
    p_case_number text, p_event text, p_state text, p_author text default null, p_message_id uuid default null) returns void
    language plpgsql as $$
begin
    if not setting('help-desk') ? 'name' then
        return;
    end if;
    insert into help_desk_entry (case_number, event, state) values (p_case_number, 'OPENED', p_state)
    on conflict (case_number) where event = 'OPENED' do nothing;
    if p_event <> 'OPENED' then
        insert into help_desk_entry (case_number, event, state, author, message_id)
        values (p_case_number, p_event, p_state, p_author, p_message_id);
    end if;
    perform post_to_help_desk(p_case_number);
end
$$;

create or replace function tell_of_case() returns trigger
    language plpgsql as $$
begin
    perform note_for_help_desk(new.case_number, 'OPENED', new.state);
    return null;
end
$$;

-- Waiting for the customer, and not waiting any more, is told with the question and the answer.
create or replace function tell_of_case_end() returns trigger
    language plpgsql as $$
begin
    perform note_for_help_desk(
        new.case_number, case when new.state in ('OPEN', 'WAITING_FOR_CUSTOMER') then 'REOPENED' else 'ENDED' end,
        new.state, new.decided_by);
    return null;
end
$$;

create or replace function tell_of_case_message() returns trigger
    language plpgsql as $$
begin
    perform note_for_help_desk(new.case_number, 'MESSAGE',
                               case new.kind when 'QUESTION' then 'WAITING_FOR_CUSTOMER' when 'ANSWER' then 'OPEN' else state end,
                               new.author, new.message_id)
      from case_file where case_number = new.case_number;
    return null;
end
$$;

create or replace trigger case_file_told after insert on case_file
    for each row execute function tell_of_case();

create or replace trigger case_file_end_told after update of state on case_file
    for each row when ((old.state in ('OPEN', 'WAITING_FOR_CUSTOMER')) <> (new.state in ('OPEN', 'WAITING_FOR_CUSTOMER')))
    execute function tell_of_case_end();

create or replace trigger case_message_told after insert on case_message
    for each row when (new.kind <> 'HELP_DESK') execute function tell_of_case_message();

-- What a ticket may say of a case as it is now: named parts, so that nothing that is added to cases, no note that they were
-- opened with and no reason of a decision goes out unasked. Who the buyer is only where that is wanted.
create or replace function case_for_help_desk(p jsonb, p_case case_file) returns jsonb
    language plpgsql as $$
declare
    v_order   orders;
    v_summary jsonb;
begin
    select * into v_order from orders where order_id = p_case.order_id;
    v_summary := case_summary(p_case, v_order);
    return (select jsonb_object_agg(key, value) from jsonb_each(v_summary)
             where key in ('caseNumber', 'kind', 'attention', 'findings', 'orderNumber', 'amount', 'requestedLimit', 'deadline',
                           'createdAt')
                or key in ('buyerName', 'buyerEmail') and (p ->> 'withBuyer')::boolean)
           || jsonb_strip_nulls(jsonb_build_object(
                  'timeZone', coalesce(setting('organiser') ->> 'timeZone', 'Europe/Berlin'),
                  'ticket', case when p_case.help_desk = p ->> 'helpDesk' then jsonb_build_object(
                                'id', p_case.ticket_id, 'number', p_case.ticket_number, 'url', p_case.ticket_url) end));
end
$$;

create or replace function try_next_entry(p_case_number text) returns help_desk_entry
    language sql volatile as $$
    update help_desk_entry set tries = tries + 1
     where entry_id = (select entry_id from help_desk_entry
                        where case_number = p_case_number and ended_at is null
                        order by at, entry_id limit 1)
    returning *
$$;

-- The first thing that the help desk has not been told of a case, which is tried now; nothing when it knows all, and then the
-- case's message has ended: what is posted later, or waits for this, makes it due again.
create or replace function next_for_help_desk(p jsonb) returns jsonb
    language plpgsql as $$
declare
    v_entry   help_desk_entry := try_next_entry(p ->> 'caseNumber');
    v_message case_message;
    v_case    case_file;
begin
    if v_entry.entry_id is null then
        perform from outbox_message where kind = 'HELP_DESK' and key = p ->> 'caseNumber' for update;
        v_entry := try_next_entry(p ->> 'caseNumber');
    end if;
    if v_entry.entry_id is null then
        update outbox_message set state = 'DONE', ended_at = clock_timestamp(), last_error = null
         where kind = 'HELP_DESK' and key = p ->> 'caseNumber' and state = 'WAITING';
        return '{}';
    end if;
    select * into v_case from case_file where case_number = v_entry.case_number;
    select * into v_message from case_message where message_id = v_entry.message_id;
    return jsonb_build_object('entry', jsonb_strip_nulls(jsonb_build_object(
        'entryId', v_entry.entry_id, 'event', v_entry.event, 'state', v_entry.state, 'at', v_entry.at,
        'again', v_entry.tries > 1, 'by', v_entry.author, 'messageKind', v_message.kind, 'text', v_message.text,
        'about', case_for_help_desk(p, v_case))));
end
$$;

-- The help desk has it. The first ticket that it names for a case is the case's; only another help desk's takes its place.
create or replace function end_for_help_desk(p jsonb) returns jsonb
    language plpgsql as $$
begin
    update help_desk_entry
       set ended_at = clock_timestamp(), remote_id = p ->> 'remoteId', remote_user = p ->> 'remoteUser'
     where entry_id = (p ->> 'entryId')::uuid and ended_at is null;
    if p -> 'ticket' ? 'number' then
        perform name_ticket(p ->> 'caseNumber', p ->> 'helpDesk', p -> 'ticket');
    end if;
    return '{}';
end
$$;

create or replace function name_ticket(p_case_number text, p_help_desk text, p_ticket jsonb) returns void
    language sql volatile as $$
    update case_file
       set help_desk = p_help_desk, ticket_id = p_ticket ->> 'id', ticket_number = p_ticket ->> 'number',
           ticket_url = p_ticket ->> 'url'
     where case_number = p_case_number and (ticket_number is null or help_desk <> p_help_desk)
$$;

-- Staff have decided that the help desk need not be told what it could not be told.
create or replace function drop_for_help_desk(p jsonb) returns jsonb
    language plpgsql as $$
begin
    update help_desk_entry set ended_at = clock_timestamp() where case_number = p ->> 'caseNumber' and ended_at is null;
    return '{}';
end
$$;

-- Whether something that comes from the help desk is what we wrote there: known by the name that it has there or, if it comes
-- before we have heard that name, by its writer and the mark in it.
create or replace function written_by_us(p jsonb, p_case_number text) returns boolean
    language sql stable as $$
    select exists (
        select from help_desk_entry
         where case_number = p_case_number and p ? 'user'
           and (remote_id = p ->> 'messageId'
                or strpos(p ->> 'text', entry_id::text) > 0
                   and exists (select from help_desk_entry ours
                                where ours.case_number = p_case_number and ours.remote_user = p ->> 'user')))
$$;

-- Keeps what was written in a case's ticket, once. The case may have ended.
create or replace function keep_help_desk_message(p jsonb) returns jsonb
    language plpgsql as $$
declare
    v_case_number text;
begin
    select case_number into v_case_number from case_file
     where case_number = p ->> 'caseNumber'
        or p ? 'ticketId' and help_desk = p ->> 'helpDesk' and ticket_id = p ->> 'ticketId'
     order by created_at limit 1;
    if not found then
        return refused('NOT_FOUND');
    end if;
    if written_by_us(p, v_case_number) then
        return '{}';
    end if;
    if p ? 'ticketNumber' and not p ? 'ticketId' then
        perform name_ticket(v_case_number, p ->> 'helpDesk', jsonb_build_object('number', p ->> 'ticketNumber'));
    end if;
    insert into case_message (case_number, kind, author, text, source)
    values (v_case_number, 'HELP_DESK', p ->> 'author', p ->> 'text', concat(p ->> 'helpDesk', ':', p ->> 'messageId'))
    on conflict (source) do nothing;
    return '{}';
end
$$;
