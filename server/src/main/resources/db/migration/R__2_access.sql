-- Accounts of staff and of programs as admins see and change them. Commands answer with the account, or with why not.

create or replace function staff_account_view(p_account staff_account) returns jsonb
    language sql stable as $$
    select jsonb_strip_nulls(jsonb_build_object(
        'userName', p_account.user_name, 'scopes', to_jsonb(p_account.scopes), 'version', p_account.version,
        'lockedAt', p_account.locked_at, 'passwordSetAt', p_account.password_set_at, 'createdAt', p_account.created_at))
$$;

create or replace function api_client_view(p_client api_client) returns jsonb
    language sql stable as $$
    select jsonb_strip_nulls(jsonb_build_object(
        'clientId', p_client.client_id, 'name', p_client.name, 'scopes', to_jsonb(p_client.scopes),
        'version', p_client.version, 'lockedAt', p_client.locked_at, 'secretSetAt', p_client.secret_set_at,
        'oldSecretUntil', case when p_client.old_secret_until > clock_timestamp() then p_client.old_secret_until end,
        'createdAt', p_client.created_at))
$$;

create or replace function command_scopes(p jsonb) returns text[]
    language sql immutable as $$
    select array(select distinct scope from jsonb_array_elements_text(p -> 'scopes') scope order by scope)
$$;

-- What was done to an account of staff, and by whom. Their names are details, so that they can be erased.
create or replace function staff_account_done(p jsonb, p_action text, p_account staff_account) returns jsonb
    language plpgsql as $$
begin
    perform audit(p ->> 'by', p_action, null, staff_account_view(p_account));
    return jsonb_build_object('account', staff_account_view(p_account));
end
$$;

-- What was done to a program's account, and by whom.
create or replace function api_client_done(p jsonb, p_action text, p_client api_client) returns jsonb
    language plpgsql as $$
begin
    perform audit(p ->> 'by', p_action, p_client.client_id, api_client_view(p_client) || jsonb_build_object(
        'everything', p -> 'everything', 'eventIds', p -> 'eventIds', 'performanceIds', p -> 'performanceIds'));
    return jsonb_build_object('client', api_client_view(p_client));
end
$$;

create or replace function create_staff_account(p jsonb) returns jsonb
    language plpgsql as $$
declare
    v_account staff_account;
begin
    insert into staff_account (user_name, password_hash, scopes)
    values (p ->> 'userName', p ->> 'passwordHash', command_scopes(p))
    on conflict (user_name) do nothing
    returning * into v_account;
    return case when v_account.user_name is null then refused('ALREADY_EXISTS')
                else staff_account_done(p, 'staff-account.create', v_account) end;
end
$$;

-- Whether nobody could sign in as an admin if this account could not. Whoever takes an admin away asks in turn, so that
-- two cannot take away each other.
create or replace function is_last_admin(p_user_name text) returns boolean
    language plpgsql as $$
begin
    perform pg_advisory_xact_lock(hashtextextended('staff-admins', 0));
    return exists (select from staff_account
                    where user_name = p_user_name and 'admin' = any (scopes) and locked_at is null)
       and not exists (select from staff_account
                        where user_name <> p_user_name and 'admin' = any (scopes) and locked_at is null);
end
$$;

create or replace function change_staff_account(p jsonb) returns jsonb
    language plpgsql as $$
declare
    v_name    text := p ->> 'userName';
    v_last    boolean := not 'admin' = any (command_scopes(p)) and is_last_admin(v_name);
    v_account staff_account;
begin
    select * into v_account from staff_account where user_name = v_name for update;
    if not found then
        return refused('STAFF_ACCOUNT_NOT_FOUND');
    end if;
    if v_account.version <> (p ->> 'version')::bigint then
        return refused('VERSION_CONFLICT');
    end if;
    if v_last then
        return refused('LAST_ADMIN');
    end if;
    update staff_account set scopes = command_scopes(p), version = version + 1
     where user_name = v_name
    returning * into v_account;
    return staff_account_done(p, 'staff-account.change', v_account);
end
$$;

create or replace function lock_staff_account(p jsonb) returns jsonb
    language plpgsql as $$
declare
    v_name    text := p ->> 'userName';
    v_last    boolean := is_last_admin(v_name);
    v_account staff_account;
begin
    if v_last then
        return refused('LAST_ADMIN');
    end if;
    update staff_account
       set locked_at = clock_timestamp(), tokens_since = version + 1, version = version + 1
     where user_name = v_name and locked_at is null
    returning * into v_account;
    if found then
        return staff_account_done(p, 'staff-account.lock', v_account);
    end if;
    select * into v_account from staff_account where user_name = v_name;
    return case when found then jsonb_build_object('account', staff_account_view(v_account))
                else refused('STAFF_ACCOUNT_NOT_FOUND') end;
end
$$;

create or replace function unlock_staff_account(p jsonb) returns jsonb
    language plpgsql as $$
declare
    v_account staff_account;
begin
    update staff_account set locked_at = null, version = version + 1
     where user_name = p ->> 'userName' and locked_at is not null
    returning * into v_account;
    if found then
        return staff_account_done(p, 'staff-account.unlock', v_account);
    end if;
    select * into v_account from staff_account where user_name = p ->> 'userName';
    return case when found then jsonb_build_object('account', staff_account_view(v_account))
                else refused('STAFF_ACCOUNT_NOT_FOUND') end;
end
$$;

-- Whoever changes their own password states since when it has been there: the one that they showed to know may be another by now.
create or replace function set_staff_password(p jsonb) returns jsonb
    language plpgsql as $$
declare
    v_account staff_account;
begin
    update staff_account
       set password_hash = p ->> 'passwordHash', password_set_at = clock_timestamp(),
           tokens_since = version + 1, version = version + 1
     where user_name = p ->> 'userName' and password_set_at = coalesce((p ->> 'provenSetAt')::timestamptz, password_set_at)
    returning * into v_account;
    if found then
        return staff_account_done(p, 'staff-account.set-password', v_account);
    end if;
    return refused(case when p ? 'provenSetAt' then 'PASSWORD_WRONG' else 'STAFF_ACCOUNT_NOT_FOUND' end);
end
$$;

-- The secret comes as a hash; the id that it is derived from is remembered with the answer, never the secret.
create or replace function create_api_client(p jsonb) returns jsonb
    language plpgsql as $$
declare
    v_answer jsonb := earlier_answer(p);
    v_client api_client;
begin
    if v_answer is not null then
        return v_answer;
    end if;
    insert into api_client (client_id, name, secret_hash, scopes)
    values (p ->> 'clientId', p ->> 'name', decode(p ->> 'secretHash', 'hex'), command_scopes(p))
    on conflict (client_id) do nothing
    returning * into v_client;
    if not found then
        -- The same request may have come first.
        return coalesce(earlier_answer(p), refused('ALREADY_EXISTS'));
    end if;
    return remember_answer(p, api_client_done(p, 'api-client.create', v_client)
                              || jsonb_build_object('secretId', p -> 'secretId'));
end
$$;

create or replace function change_api_client(p jsonb) returns jsonb
    language plpgsql as $$
declare
    v_client api_client;
begin
    select * into v_client from api_client where client_id = p ->> 'clientId' for update;
    if not found then
        return refused('API_CLIENT_NOT_FOUND');
    end if;
    if v_client.version <> (p ->> 'version')::bigint then
        return refused('VERSION_CONFLICT');
    end if;
    update api_client set name = p ->> 'name', scopes = command_scopes(p), version = version + 1
     where client_id = v_client.client_id
    returning * into v_client;
    return api_client_done(p, 'api-client.change', v_client);
end
$$;

create or replace function lock_api_client(p jsonb) returns jsonb
    language plpgsql as $$
declare
    v_client api_client;
begin
    update api_client set locked_at = clock_timestamp(), tokens_since = version + 1, version = version + 1
     where client_id = p ->> 'clientId' and locked_at is null
    returning * into v_client;
    if found then
        return api_client_done(p, 'api-client.lock', v_client);
    end if;
    select * into v_client from api_client where client_id = p ->> 'clientId';
    return case when found then jsonb_build_object('client', api_client_view(v_client))
                else refused('API_CLIENT_NOT_FOUND') end;
end
$$;

create or replace function unlock_api_client(p jsonb) returns jsonb
    language plpgsql as $$
declare
    v_client api_client;
begin
    update api_client set locked_at = null, version = version + 1
     where client_id = p ->> 'clientId' and locked_at is not null
    returning * into v_client;
    if found then
        return api_client_done(p, 'api-client.unlock', v_client);
    end if;
    select * into v_client from api_client where client_id = p ->> 'clientId';
    return case when found then jsonb_build_object('client', api_client_view(v_client))
                else refused('API_CLIENT_NOT_FOUND') end;
end
$$;

-- The present secret becomes the old one for a while. Without a while it may be in wrong hands, and so may its tokens.
create or replace function rotate_api_client_secret(p jsonb) returns jsonb
    language plpgsql as $$
declare
    v_overlap interval := (p ->> 'oldSecretSeconds')::integer * interval '1 second';
    v_ends    boolean := v_overlap = interval '0';
    v_client  api_client;
    v_answer  jsonb;
begin
    perform from api_client where client_id = p ->> 'clientId' for update;
    v_answer := earlier_answer(p);
    if v_answer is not null then
        return v_answer;
    end if;
    update api_client
       set old_secret_hash = case when not v_ends then secret_hash end,
           old_secret_until = case when not v_ends then clock_timestamp() + v_overlap end,
           secret_hash = decode(p ->> 'secretHash', 'hex'), secret_set_at = clock_timestamp(),
           tokens_since = case when v_ends then version + 1 else tokens_since end, version = version + 1
     where client_id = p ->> 'clientId'
    returning * into v_client;
    if not found then
        return refused('API_CLIENT_NOT_FOUND');
    end if;
    return remember_answer(p, api_client_done(p, 'api-client.rotate-secret', v_client)
                              || jsonb_build_object('secretId', p -> 'secretId'));
end
$$;
