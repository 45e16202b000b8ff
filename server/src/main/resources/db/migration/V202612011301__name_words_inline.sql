-- Not strict, so that it is written into what calls it: a name is filed in half the time.
create or replace function name_words(p_name text) returns text[]
    language sql immutable parallel safe
    return array_remove(regexp_split_to_array(umlauts_alike(folded(p_name)), '[^[:alnum:]]+'), '');
