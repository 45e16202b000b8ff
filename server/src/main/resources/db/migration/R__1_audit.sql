-- The audit of what staff do.

-- Notes, in the caller's transaction, that somebody does something; whatever undoes the action undoes the note.
-- p_subject is an id. Names, addresses and free text belong into the details, which can be erased.
create or replace function audit(p_by text, p_action text, p_subject text, p_details jsonb default '{}') returns void
    language sql volatile as $$
    insert into audit_note (actor, action, subject, details)
    values (p_by, p_action, coalesce(p_subject, ''), jsonb_strip_nulls(coalesce(p_details, '{}')))
$$;

create or replace function salted_digest(p_salt bytea, p_text text) returns bytea
    language sql immutable as $$
    select sha256(p_salt || convert_to(p_text, 'UTF8'))
$$;

-- What makes an entry what it is and where it stands. No part of it can hold a line feed.
create or replace function audit_hash(p_entry audit_entry) returns bytea
    language sql immutable as $$
    select sha256(convert_to(concat_ws(E'\n',
        p_entry.seq, to_char(p_entry.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'), p_entry.action,
        p_entry.subject, encode(p_entry.actor_digest, 'hex'), encode(p_entry.details_digest, 'hex'),
        encode(p_entry.previous_hash, 'hex')), 'UTF8'))
$$;

-- Puts a note at the end of the chain, at commit: the head's lock is the last that any transaction takes and held only
-- while it commits, so it stands in nobody's way, and numbers have no gaps because whoever has one commits or gives it back.
create or replace function chain_audit_note() returns trigger
    language plpgsql as $$
declare
    v_head         audit_head;
    v_entry        audit_entry;
    v_actor_salt   bytea := uuid_send(gen_random_uuid());
    v_details_salt bytea := uuid_send(gen_random_uuid());
begin
    select * into strict v_head from audit_head for update;
    v_entry.seq := v_head.seq + 1;
    v_entry.at := greatest(clock_timestamp(), v_head.at);
    v_entry.action := new.action;
    v_entry.subject := new.subject;
    v_entry.actor_digest := salted_digest(v_actor_salt, new.actor);
    v_entry.details_digest := salted_digest(v_details_salt, new.details::text);
    v_entry.previous_hash := v_head.hash;
    v_entry.hash := audit_hash(v_entry);
    insert into audit_entry select v_entry.*;
    insert into audit_detail (seq, actor, actor_salt, details, details_salt)
    values (v_entry.seq, new.actor, v_actor_salt, new.details, v_details_salt);
    update audit_head set seq = v_entry.seq, at = v_entry.at, hash = v_entry.hash;
    delete from audit_note where note_id = new.note_id;
    return null;
end
$$;

drop trigger if exists audit_chain on audit_note;
create constraint trigger audit_chain after insert on audit_note
    deferrable initially deferred for each row execute function chain_audit_note();

-- Erases the details of what was done to these subjects, or has a customerId, an orderId or a cartId that is one of them. The
-- entries stay in the chain. Says how many were erased.
create or replace function erase_audit_details(p_subjects text[]) returns bigint
    language plpgsql as $$
declare
    v_count bigint;
begin
    update audit_detail set details = null, details_salt = null
     where seq in (select seq from audit_entry where subject <> '' and subject = any (p_subjects)
                   union select seq from audit_detail where details ->> 'customerId' = any (p_subjects)
                   union select seq from audit_detail where details ->> 'orderId' = any (p_subjects)
                   union select seq from audit_detail where details ->> 'cartId' = any (p_subjects))
       and details is not null;
    get diagnostics v_count = row_count;
    return v_count;
end
$$;

-- Computes a part of the chain anew, in one statement: what is entered meanwhile is not seen. The first thing that is wrong, if
-- any, by the numbers; an entry that somebody put in is known by the one that follows it.
create or replace function check_audit(p_from bigint, p_limit integer, p_signed_seq bigint, p_signed_hash bytea)
    returns jsonb language sql stable as $$
    with bounds as (
        select head.seq as head_seq, head.hash as head_hash, newest.seq as newest_seq,
               least(p_from + p_limit - 1, greatest(head.seq, newest.seq)) as through
          from audit_head head, (select coalesce(max(seq), 0) as seq from audit_entry) newest
    ), part as (
        select entry, entry.seq, entry.hash, entry.previous_hash,
               coalesce(lag(entry.seq) over chain, greatest(p_from - 2, 0)) + 1 as expected_seq,
               coalesce(lag(entry.hash) over chain, decode(repeat('00', 32), 'hex')) as before,
               lag(entry.hash, 2) over chain as before_that, audit_hash(entry) = entry.hash as own,
               salted_digest(actor_salt, actor) is distinct from entry.actor_digest
                   or salted_digest(details_salt, details::text) is distinct from entry.details_digest
                      and details is not null as other_details,
               details is null as erased
          from audit_entry entry left join audit_detail detail using (seq)
         where entry.seq between p_from - 2 and p_from + p_limit - 1
        window chain as (order by entry.seq)
    ), faults (seq, kind) as (
        select expected_seq, 'REMOVED' from part where seq >= p_from and seq <> expected_seq
        union all
        select seq, 'INSERTED' from part, bounds where seq >= p_from and seq > head_seq
        union all
        select seq - (kind in ('INSERTED', 'REPLACED'))::integer, replace(kind, 'REPLACED', 'CHANGED')
          from part,
               lateral (select case
                   when previous_hash = before_that then 'INSERTED'
                   when own then 'REPLACED'
                   when hash = audit_hash(((entry).seq, (entry).at, (entry).action, (entry).subject, (entry).actor_digest,
                                           (entry).details_digest, before, hash)::audit_entry) then 'CHANGED'
                   else 'OUT_OF_ORDER' end as kind) broken
         where seq >= p_from and seq = expected_seq and previous_hash <> before
        union all
        select seq, 'CHANGED'
          from part, bounds
         where seq >= p_from and previous_hash = before
           and (not own or other_details or (seq = head_seq and hash <> head_hash))
        union all
        select missing.seq, case when newest_seq > through then 'REMOVED' else 'CUT' end
          from bounds, (select coalesce(max(seq), p_from - 1) + 1 as seq from part where seq >= p_from) missing
         where missing.seq <= through
        union all
        select newest_seq + 1, 'CUT' from bounds where p_signed_seq > newest_seq and through >= newest_seq
        union all
        select p_signed_seq, 'REWRITTEN'
          from bounds, audit_entry entry
         where p_signed_seq <= through and entry.seq = p_signed_seq and entry.hash <> p_signed_hash
    ), first_fault as (
        select seq, kind from faults
         order by seq, array_position(array['REMOVED', 'CUT', 'OUT_OF_ORDER', 'INSERTED', 'CHANGED', 'REWRITTEN'], kind)
         limit 1
    )
    select jsonb_strip_nulls(jsonb_build_object(
               'from', p_from, 'head', head_seq, 'through', coalesce(fault.seq - 1, through),
               'erased', (select count(*) from part
                           where erased and seq >= p_from and seq < coalesce(fault.seq, through + 1)),
               'fault', case when fault.seq is not null
                             then jsonb_build_object('seq', fault.seq, 'kind', fault.kind) end,
               'next', case when fault.seq is null and through < greatest(head_seq, newest_seq) then through + 1 end))
      from bounds left join first_fault fault on true
$$;
