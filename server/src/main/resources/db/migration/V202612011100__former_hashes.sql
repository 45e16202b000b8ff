-- Who has the lease of the wrapping: one that has lost it keeps nothing more.
alter table hash_wrapping add column leased_by uuid;

-- Once the passwords of the former shop have ended, each account is looked at once.
alter table customer add column hash_stays boolean not null default false;

comment on column customer.hash_stays is 'Looked at after the end of the former shop''s passwords, and not one of them. Says nothing before.';

create index customer_former_hash_idx on customer (customer_id)
    where first_login_at is null and not hash_stays and (password_hash is not null or sealed_hash is not null);
