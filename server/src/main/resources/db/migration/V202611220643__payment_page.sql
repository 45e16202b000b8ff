-- Where a shop's payment links lead.
alter table shop add column payment_page_url text;

comment on column shop.payment_page_url is 'A page of the front end; a link is this and, after a #, its secret. Null: no links.';
