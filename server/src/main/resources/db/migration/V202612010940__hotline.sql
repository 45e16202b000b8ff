-- Customers are found by what they say on the phone.

-- The words of a name without case, accents and the spelling of umlauts.
create function name_words(p_name text) returns text[]
    language sql immutable strict parallel safe
    return (
        select coalesce(array_agg(distinct word), '{}')
          from regexp_split_to_table(umlauts_alike(folded(p_name)), '[^[:alnum:]]+') as word where word <> '');

-- Whole words: a million names are filed in little time, and an import of them is not slowed down by it.
create index customer_name_words_idx on customer using gin (name_words(name));

-- The last digits: numbers are written with and without the code of their country.
create index customer_phone_idx on customer (right(phone_digits(phone), 8)) where phone is not null;

create index customer_user_name_sought_idx on customer_user_name (lower(user_name));

-- Whoever typed an address for an order that is on an account.
create index orders_customer_match_key_idx on orders (match_key) where customer_id is not null;
