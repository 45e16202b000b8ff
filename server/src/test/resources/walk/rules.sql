-- The closed table of what may become of what (D21, DESIGN.md section 3), and a watch on every change of state.
create table walk_rule (kind text, before text, after text, primary key (kind, before, after));

insert into walk_rule (kind, before, after)
select kind, before, unnest(string_to_array(after, ' '))
  from (values
    ('cart', 'new', 'OPEN'),
    ('cart', 'OPEN', 'CHECKED_OUT HIJACKED CLOSED'),
    ('cart', 'HIJACKED', 'OPEN'),
    ('cart', 'CLOSED', 'HIJACKED'),
    ('order', 'new', 'AWAITING_PAYMENT RESERVED UNDER_REVIEW CONFIRMED AT_BOX_OFFICE'),
    ('order', 'AWAITING_PAYMENT', 'AT_BOX_OFFICE UNDER_REVIEW CONFIRMED EXPIRED CANCELLED'),
    ('order', 'RESERVED', 'AT_BOX_OFFICE CONFIRMED EXPIRED CANCELLED'),
    ('order', 'UNDER_REVIEW', 'AT_BOX_OFFICE RESERVED AWAITING_PAYMENT CONFIRMED EXPIRED CANCELLED'),
    ('order', 'AT_BOX_OFFICE', 'AWAITING_PAYMENT RESERVED UNDER_REVIEW CONFIRMED CANCELLED'),
    ('order', 'EXPIRED', 'AT_BOX_OFFICE CONFIRMED'),
    ('order', 'CONFIRMED', 'CANCELLED REFUNDED'),
    ('hijack', 'new', 'WARNED'),
    ('hijack', 'WARNED', 'ACTIVE LAPSED'),
    ('hijack', 'ACTIVE', 'RESERVED LINK_SENT PAID HANDED_BACK CANCELLED'),
    ('payment', 'new', 'CREATED'),
    ('payment', 'CREATED', 'ACTION_REQUIRED PROCESSING SUCCEEDED FAILED CANCELLED'),
    ('payment', 'ACTION_REQUIRED', 'PROCESSING SUCCEEDED FAILED CANCELLED'),
    ('payment', 'PROCESSING', 'SUCCEEDED FAILED CANCELLED'),
    ('payment', 'FAILED', 'SUCCEEDED'),
    ('payment', 'CANCELLED', 'SUCCEEDED'),
    ('link', 'new', 'OPEN'),
    ('link', 'OPEN', 'USED VOID'),
    ('refund', 'new', 'PENDING BY_HAND'),
    ('refund', 'PENDING', 'SUCCEEDED BY_HAND'),
    ('refund', 'SUCCEEDED', 'BY_HAND'),
    ('refund', 'BY_HAND', 'SUCCEEDED'),
    ('dispute', 'new', 'OPEN'),
    ('dispute', 'OPEN', 'WON LOST')) as rules (kind, before, after);

create table walk_seen (kind text, before text, after text, primary key (kind, before, after));

create function walk_watch() returns trigger language plpgsql as $$
begin
    insert into walk_seen values (tg_argv[0], case when tg_op = 'INSERT' then 'new' else old.state end, new.state)
    on conflict do nothing;
    return null;
end
$$;

create trigger walk_new after insert on cart for each row execute function walk_watch('cart');
create trigger walk_new after insert on orders for each row execute function walk_watch('order');
create trigger walk_new after insert on hijack for each row execute function walk_watch('hijack');
create trigger walk_new after insert on payment for each row execute function walk_watch('payment');
create trigger walk_new after insert on payment_link for each row execute function walk_watch('link');
create trigger walk_new after insert on refund for each row execute function walk_watch('refund');
create trigger walk_new after insert on dispute for each row execute function walk_watch('dispute');

create trigger walk_state after update on cart for each row when (old.state <> new.state)
    execute function walk_watch('cart');
create trigger walk_state after update on orders for each row when (old.state <> new.state)
    execute function walk_watch('order');
create trigger walk_state after update on hijack for each row when (old.state <> new.state)
    execute function walk_watch('hijack');
create trigger walk_state after update on payment for each row when (old.state <> new.state)
    execute function walk_watch('payment');
create trigger walk_state after update on payment_link for each row when (old.state <> new.state)
    execute function walk_watch('link');
create trigger walk_state after update on refund for each row when (old.state <> new.state)
    execute function walk_watch('refund');
create trigger walk_state after update on dispute for each row when (old.state <> new.state)
    execute function walk_watch('dispute');

create function walk_forbidden() returns table (name text, detail text) language sql as $$
    select 'D21 every change of state stands in the table', concat_ws(' ', kind, before, '->', after)
      from (select * from walk_seen except select * from walk_rule) forbidden
$$;
