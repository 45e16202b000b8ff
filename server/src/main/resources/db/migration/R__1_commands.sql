-- What every command function shares. Each takes one JSON command and answers with one JSON result: what it did, or
-- {"refused": <problem>}. A function call is one statement: its queries see each other's work and what others have
-- committed while it waited for a lock.

create or replace function refused(p_problem text, p_more jsonb default '{}') returns jsonb
    language sql immutable as $$
    select jsonb_build_object('refused', p_problem) || p_more
$$;

-- The answer that this key already has; null when the key is new or there is none. A command without a result whose
-- lock has passed was cut off: it answers {"resume": true}.
create or replace function earlier_answer(p_command jsonb) returns jsonb
    language plpgsql as $$
declare
    v_seen idempotency_key;
begin
    if p_command ->> 'key' is null then
        return null;
    end if;
    select * into v_seen from idempotency_key
     where scope = p_command ->> 'scope' and key = (p_command ->> 'key')::uuid;
    if not found then
        return null;
    end if;
    if v_seen.request_hash <> decode(p_command ->> 'requestHash', 'hex') then
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
    if p_command ->> 'key' is not null then
        insert into idempotency_key (scope, key, request_hash, result)
        values (p_command ->> 'scope', (p_command ->> 'key')::uuid, decode(p_command ->> 'requestHash', 'hex'), p_result);
    end if;
    return p_result;
end
$$;
