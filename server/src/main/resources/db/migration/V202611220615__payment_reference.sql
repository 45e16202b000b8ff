-- Providers speak of refunds and disputes by their own name for the payment.
create index payment_reference_idx on payment (provider_reference, created_at desc) where provider_reference is not null;
