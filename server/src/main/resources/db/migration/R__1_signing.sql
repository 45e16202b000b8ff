-- Which key signs for a purpose. Whoever calls brings new keys along in case they are needed; their private parts are
-- encrypted. Of replicas that come at once the first decides, and the others find it done.

create or replace function put_signing_key(p_purpose text, p_state text, p_key jsonb) returns void
    language sql volatile as $$
    insert into signing_key (purpose, key_id, public_key, private_key, state, activated_at)
    values (p_purpose, p_key ->> 'keyId', p_key ->> 'publicKey', decode(p_key ->> 'privateKey', 'hex'), p_state,
            case when p_state = 'ACTIVE' then clock_timestamp() end)
$$;

-- What has signed last is kept for whoever has to check it; tokens are never signed with it again, and its private part
-- is forgotten.
create or replace function end_signing_key(p_key_id text, p_state text) returns void
    language sql volatile as $$
    update signing_key
       set state = p_state, ended_at = coalesce(ended_at, clock_timestamp()),
           private_key = case purpose when 'access-token' then ''::bytea else private_key end
     where key_id = p_key_id
$$;

create or replace function audit_key(p jsonb, p_verb text, p_key_id text) returns void
    language sql volatile as $$
    select audit(p ->> 'by', case p ->> 'purpose' when 'access-token' then 'token' else p ->> 'purpose' end || '-key.' || p_verb,
                 p_key_id)
$$;

-- Sees to it that a key signs and, where wanted, that the next one is known already. The key that signs gives way to the
-- next when it is to be replaced, or has signed for so many seconds.
create or replace function turn_signing_keys(p jsonb) returns jsonb
    language plpgsql as $$
declare
    v_purpose text := p ->> 'purpose';
    v_active  signing_key;
    v_next    text;
    v_turned  boolean := false;
begin
    perform pg_advisory_xact_lock(hashtextextended('signing-key:' || v_purpose, 0));
    select * into v_active from signing_key where purpose = v_purpose and state = 'ACTIVE';
    if v_active.key_id is not null
       and ((p ->> 'replace')::boolean
            or v_active.activated_at < clock_timestamp() - (p ->> 'replaceAfter')::float8 * interval '1 second') then
        perform end_signing_key(v_active.key_id, 'RETIRED');
        v_turned := true;
        perform audit_key(p, 'rotate', v_active.key_id);
    end if;
    if v_turned or v_active.key_id is null then
        update signing_key set state = 'ACTIVE', activated_at = clock_timestamp()
         where purpose = v_purpose and state = 'NEXT';
        if not found then
            perform put_signing_key(v_purpose, 'ACTIVE', p -> 'key');
        end if;
    end if;
    select key_id into v_next from signing_key where purpose = v_purpose and state = 'NEXT';
    if v_next is null and (p ->> 'ahead')::boolean then
        perform put_signing_key(v_purpose, 'NEXT', p -> 'nextKey');
    end if;
    return jsonb_build_object('turned', v_turned);
end
$$;

-- A key that others may have. What it signed counts for nothing from now on; the next one takes its place.
create or replace function withdraw_signing_key(p jsonb) returns jsonb
    language plpgsql as $$
declare
    v_state text;
begin
    perform pg_advisory_xact_lock(hashtextextended('signing-key:' || (p ->> 'purpose'), 0));
    select state into v_state from signing_key where purpose = p ->> 'purpose' and key_id = p ->> 'withdraw';
    if v_state is null then
        return refused('TOKEN_KEY_NOT_FOUND');
    end if;
    if v_state <> 'WITHDRAWN' then
        perform end_signing_key(p ->> 'withdraw', 'WITHDRAWN');
        perform audit_key(p, 'withdraw', p ->> 'withdraw');
    end if;
    return turn_signing_keys(p);
end
$$;
