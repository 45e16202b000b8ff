-- Whether the newsletter may be sent at all. Refused while an import has rows that nobody has explained.
create or replace function newsletter_open() returns boolean
    language sql stable as $$
    select login_open() and not exists (select from customer_import where state = 'APPLYING' or unexplained > 0)
$$;
