-- What became of an issue that has ended, so that lists of issues need not count it again.
alter table newsletter_issue add column counts jsonb;

comment on column newsletter_issue.counts is 'Of SENT: how many were sent it, wait and were left out. Null: to be counted.';

create index newsletter_delivery_bounced_idx on newsletter_delivery (issue_id) where bounce in ('HARD', 'COMPLAINT');
