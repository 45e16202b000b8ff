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

-- Erases what was noted down about these subjects; their entries stay in the chain. How many were erased.
create or replace function erase_audit_details(p_subjects text[]) returns bigint
    language plpgsql as $$
declare
    v_count bigint;
begin
    update audit_detail set details = null, details_salt = null
     where seq in (select seq from audit_entry where subject <> '' and subject = any (p_subjects))
       and details is not null;
    get diagnostics v_count = row_count;
    return v_count;
end
$$;
