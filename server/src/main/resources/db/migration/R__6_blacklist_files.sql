-- The blacklist as a file. Each row is a command of its own, so that a large file holds no locks for long; the key of the upload
-- says how far it has come.

-- What the same upload has come to; {} when it is new or was cut off, and then it has the key to itself for a while.
create or replace function begin_blacklist_import(p jsonb) returns jsonb
    language plpgsql as $$
declare
    v_answer jsonb := earlier_answer(p);
begin
    if v_answer is null then
        perform begin_answer(p, (p ->> 'importId')::uuid);
        return '{}';
    end if;
    return case when v_answer ? 'resume' then '{}' else v_answer end;
end
$$;

create or replace function end_blacklist_import(p jsonb) returns jsonb
    language plpgsql as $$
begin
    perform audit(p ->> 'by', 'blacklist.import', null, p -> 'result');
    perform end_answer(p, jsonb_build_object('import', p -> 'result'));
    return '{}';
end
$$;

-- Whether the same person is blocked already for the same reason.
create or replace function known_blacklist_row(p jsonb) returns jsonb
    language sql volatile as $$
    select jsonb_build_object('known', exists (
        select from blacklist_entry entry
         where entry_id in (
                   select entry_id from blacklist_key
                    where key in (decode(p ->> 'matchKey', 'hex'), uuid_send((p ->> 'customerId')::uuid)))
           and lifted_at is null and coalesce(ends_at > clock_timestamp(), true) and reason = p ->> 'reason'))
$$;

create or replace function add_blacklist_row(p jsonb) returns jsonb
    language plpgsql as $$
begin
    perform lock_blocked_person(decode(p ->> 'matchKey', 'hex'), (p ->> 'customerId')::uuid);
    if (known_blacklist_row(p) ->> 'known')::boolean then
        return '{"known": true}';
    end if;
    return add_blacklist_entry(p || '{"orders": []}');
end
$$;
