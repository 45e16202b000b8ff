-- Requests whose personal data is still there, for the job that takes it out.
create index newsletter_consent_request_data_idx on newsletter_consent (at) where kind = 'REQUESTED' and email is not null;
