-- Defined anew with what the money goes back for.
drop function if exists end_order(orders, text, text, text);
drop function if exists shrink_order(orders, uuid[]);
