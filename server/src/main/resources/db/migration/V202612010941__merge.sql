-- One account becomes a part of another.

-- A cart's person is found whatever has become of the cart.
create index cart_owner_idx on cart (customer_id) where customer_id is not null;
create index cart_buyer_idx on cart (buyer_match_key) where buyer_match_key is not null;
