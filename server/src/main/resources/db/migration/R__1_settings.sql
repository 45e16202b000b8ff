-- What the server was set to, for functions that need it.

create or replace function keep_setting(p jsonb) returns jsonb
    language plpgsql as $$
begin
    insert into setting (name, value) values (p ->> 'name', p -> 'value')
    on conflict (name) do update set value = excluded.value where setting.value <> excluded.value;
    return '{}';
end
$$;

-- An empty object where nothing was set.
create or replace function setting(p_name text) returns jsonb
    language sql stable as $$
    select coalesce((select value from setting where name = p_name), '{}')
$$;

-- The organiser's day at that instant.
create or replace function organisers_day(p_at timestamptz) returns date
    language sql stable as $$
    select (p_at at time zone coalesce(setting('organiser') ->> 'timeZone', 'Europe/Berlin'))::date
$$;

-- The organiser's account; null when there is none.
create or replace function bank_account() returns jsonb
    language sql stable as $$
    select setting('organiser') -> 'account'
$$;
