-- What was attempted by whom, as it was then: a cart goes on changing, and so do the addresses of a person.
alter table redirected_checkout
    add column redirect_id     uuid    primary key default uuidv7(),
    add column shop_id         text,
    add column customer_id     uuid,
    add column owner_id        uuid,
    add column match_key       bytea,
    add column person_keys     bytea[] not null default '{}',
    add column email           text,
    add column performance_ids uuid[]  not null default '{}',
    add column quantity        integer not null default 0,
    add column amount          bigint,
    add column currency        text;

update redirected_checkout attempt
   set shop_id = cart.shop_id, owner_id = cart.customer_id, match_key = cart.buyer_match_key, email = cart.buyer ->> 'email',
       person_keys = array_remove(array[cart.buyer_match_key, uuid_send(cart.customer_id)], null),
       performance_ids = array(select distinct performance_id from cart_item where cart_id = cart.cart_id),
       quantity = (select count(*) from cart_item where cart_id = cart.cart_id),
       amount = (select sum(amount) from cart_item where cart_id = cart.cart_id),
       currency = (select min(currency) from cart_item join performance using (performance_id) where cart_id = cart.cart_id)
  from cart
 where cart.cart_id = attempt.cart_id;

alter table redirected_checkout
    alter column shop_id set not null,
    add check (reason in ('BLACKLISTED', 'PERFORMANCE_CANCELLED', 'EXPIRED', 'CLOSED', 'SEATS_LOST')),
    add check ((amount is null) = (currency is null));

comment on column redirected_checkout.customer_id is 'Who was signed in.';
comment on column redirected_checkout.owner_id is 'Whose account the cart is on.';
comment on column redirected_checkout.match_key is 'Of the address given for the purchase; email is that address and can be erased.';
comment on column redirected_checkout.person_keys is 'Every key that the block was looked up by.';

create index redirected_checkout_reason_idx on redirected_checkout (reason, at, redirect_id);

-- Without a list of entries that wait: filing them is then as much work for one attempt as for any other.
create index redirected_checkout_person_idx on redirected_checkout using gin (person_keys) with (fastupdate = off);
