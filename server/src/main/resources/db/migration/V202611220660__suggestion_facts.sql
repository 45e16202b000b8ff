-- What staff may be shown about a person who often costs money: refunds that the buyer asked for, and disputes that the buyer
-- lost. Never what the organiser, the law or a late payment caused.
create view suggestion_fact as
select refund_id as fact_id, 'BUYER_REFUND' as kind, orders.order_id, orders.customer_id, orders.match_key, refund.amount,
       refund.created_at as at
  from refund join orders using (order_id)
 where refund.reason = 'BUYER_REQUEST'
union all
select dispute_id, 'DISPUTE_LOST', orders.order_id, orders.customer_id, orders.match_key, dispute.amount, dispute.ended_at
  from dispute join orders using (order_id)
 where dispute.state = 'LOST';
