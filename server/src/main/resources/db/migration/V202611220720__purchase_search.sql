-- Purchases are found by any part of a name, an e-mail address or a phone number. The extension comes with PostgreSQL; the
-- owner of the database may create it.
create extension if not exists pg_trgm;

-- A text as it is compared: without case, accents, ligatures and double blanks.
create function folded(p_text text) returns text
    language sql immutable strict parallel safe
    return regexp_replace(
        translate(
            replace(replace(regexp_replace(casefold(normalize(p_text, NFKD) collate "pg_unicode_fast"),
                                           '[\u0300-\u036f]', '', 'g'), 'æ', 'ae'), 'œ', 'oe'),
            'øłđðħı', 'olddhi'),
        '\s+', ' ', 'g');

-- A folded text in which it makes no difference whether somebody writes Müller, Mueller or Muller.
create function umlauts_alike(p_folded text) returns text
    language sql immutable strict parallel safe
    return replace(replace(replace(p_folded, 'ae', 'a'), 'oe', 'o'), 'ue', 'u');

-- The digits of a phone number, without the zeros that lead out of the town or the country.
create function phone_digits(p_phone text) returns text
    language sql immutable strict parallel safe
    return ltrim(regexp_replace(replace(p_phone, '(0)', ''), '[^0-9]', '', 'g'), '0');

-- What a purchase is found by. Both spellings stand in it, so that any part of either is found.
create function buyer_text(p_buyer jsonb) returns text
    language sql immutable strict parallel safe
    return (
        select form || case when umlauts_alike(form) <> form then ' | ' || umlauts_alike(form) else '' end
                    || coalesce(' | ' || phone_digits(p_buyer ->> 'phone'), '')
          from (select folded(coalesce(p_buyer ->> 'name', '') || ' | ' || coalesce(p_buyer ->> 'email', '')) as form) typed);

alter table orders add column search_text text not null generated always as (buyer_text(buyer)) stored;
alter table cart add column search_text text generated always as (buyer_text(buyer)) stored;

-- Entries wait in a short list and are filed together; a checkout pays for them once in a while, and then little.
create index orders_search_idx on orders using gin (search_text gin_trgm_ops) with (gin_pending_list_limit = 256);
create index orders_created_idx on orders (created_at, order_id);

-- Carts that have ended are filed when they end, not while somebody is buying. A code is looked up also when its cart has ended.
create index cart_closed_idx on cart (expires_at) where state = 'CLOSED';
create index cart_any_pickup_code_idx on cart (pickup_code);
