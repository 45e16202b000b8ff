-- What partners may sell.
create or replace function allotted(p_client_id text, p_performance_id uuid) returns boolean
    language sql stable as $$
    select exists (select from api_client where client_id = p_client_id)
$$;
