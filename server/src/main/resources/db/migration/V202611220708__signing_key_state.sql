-- A key is made and published ahead of its time, signs, and is then looked at until the last that it signed has run out. A
-- withdrawn one counts for nothing any more.
alter table signing_key
    add column state        text not null default 'ACTIVE' check (state in ('NEXT', 'ACTIVE', 'RETIRED', 'WITHDRAWN')),
    add column activated_at timestamptz,
    add column ended_at     timestamptz;

update signing_key
   set state = case when active then 'ACTIVE' else 'RETIRED' end, activated_at = created_at,
       ended_at = case when not active then clock_timestamp() end;

alter table signing_key
    alter column state drop default,
    drop column active,
    add check ((activated_at is null) = (state = 'NEXT') or state = 'WITHDRAWN'),
    add check ((ended_at is null) = (state in ('NEXT', 'ACTIVE')));

create unique index signing_key_active_idx on signing_key (purpose) where state = 'ACTIVE';
create unique index signing_key_next_idx on signing_key (purpose) where state = 'NEXT';

comment on column signing_key.ended_at is 'When another took its place or it was withdrawn.';
