-- Replaced by payment_status_of: an order's row is written once for what happens to it.
drop function if exists update_payment_status(uuid);
