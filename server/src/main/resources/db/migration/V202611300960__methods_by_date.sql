-- Functions that are defined anew with other parameters: which methods are offered depends on when the show begins.
drop function if exists offered_methods(shop);
