-- What every command function shares. Each takes one JSON command and answers with one JSON result: what it did, or
-- {"refused": <problem>}. A function call is one statement: its queries see each other's work and what others have
-- committed while it waited for a lock.

create or replace function refused(p_problem text, p_more jsonb default '{}') returns jsonb
    language sql immutable as $$
    select jsonb_build_object('refused', p_problem) || p_more
$$;

-- The answer that this key already has; null when the key is new or there is none. A command that went on outside the
-- database and was cut off there answers {"resume": <what it had begun>} once its lock has passed.
create or replace function earlier_answer(p_command jsonb) returns jsonb
    language plpgsql as $$
declare
    v_seen idempotency_key;
begin
    if not p_command ? 'repeat' then
        return null;
    end if;
    select * into v_seen from idempotency_key
     where scope = p_command -> 'repeat' ->> 'scope' and key = (p_command -> 'repeat' ->> 'key')::uuid;
    if not found then
        return null;
    end if;
    if v_seen.request_hash <> decode(p_command -> 'repeat' ->> 'requestHash', 'hex') then
        return refused('IDEMPOTENCY_KEY_REUSED');
    end if;
    if v_seen.locked_until > clock_timestamp() then
        return refused('REQUEST_IN_PROGRESS');
    end if;
    return v_seen.result;
end
$$;

-- Keeps the answer with the key. A second command with the same key fails here on the primary key and undoes itself.
create or replace function remember_answer(p_command jsonb, p_result jsonb) returns jsonb
    language plpgsql as $$
begin
    if p_command ? 'repeat' then
        insert into idempotency_key (scope, key, request_hash, result)
        values (p_command -> 'repeat' ->> 'scope', (p_command -> 'repeat' ->> 'key')::uuid,
                decode(p_command -> 'repeat' ->> 'requestHash', 'hex'), p_result);
    end if;
    return p_result;
end
$$;

-- Notes that a command with this key goes on outside the database, and what it has begun; it has the key to itself for a
-- while.
create or replace function begin_answer(p_command jsonb, p_begun uuid) returns void
    language sql volatile as $$
    insert into idempotency_key (scope, key, request_hash, result, locked_until)
    values (p_command -> 'repeat' ->> 'scope', (p_command -> 'repeat' ->> 'key')::uuid,
            decode(p_command -> 'repeat' ->> 'requestHash', 'hex'), jsonb_build_object('resume', p_begun),
            clock_timestamp() + interval '15 seconds')
$$;

-- The end of such a command. Without a result it may be repeated at once.
create or replace function end_answer(p_command jsonb, p_result jsonb) returns void
    language sql volatile as $$
    update idempotency_key set result = coalesce(p_result, result), locked_until = '-infinity'
     where scope = p_command -> 'repeat' ->> 'scope' and key = (p_command -> 'repeat' ->> 'key')::uuid
$$;
