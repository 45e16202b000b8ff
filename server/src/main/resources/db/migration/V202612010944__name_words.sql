-- The same words in half the time: an import of a million names files each of them. A word that comes twice is filed once.
create or replace function name_words(p_name text) returns text[]
    language sql immutable strict parallel safe
    return array_remove(regexp_split_to_array(umlauts_alike(folded(p_name)), '[^[:alnum:]]+'), '');
