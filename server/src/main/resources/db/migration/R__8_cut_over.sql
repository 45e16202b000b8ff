-- Rows that became no account are explained, or signed for at the cut-over.

-- Says of some rows why it is right that they became no account. Rows that are explained stay so.
create or replace function explain_import_rows(p jsonb) returns jsonb
    language plpgsql as $$
declare
    v_import customer_import;
    v_rows   bigint[] := array(select jsonb_array_elements_text(p -> 'rows')::bigint);
    v_new    bigint;
begin
    select * into v_import from customer_import where import_id = (p ->> 'importId')::uuid for no key update;
    if not found then
        return refused('CUSTOMER_IMPORT_NOT_FOUND');
    elsif v_import.state <> 'APPLIED' then
        return refused('CUSTOMER_IMPORT_STATE');
    elsif (select count(*) from customer_import_row
            where import_id = v_import.import_id and row_no = any (v_rows) and outcome in ('CONFLICT', 'REJECTED'))
          < cardinality(v_rows) then
        return refused('CUSTOMER_IMPORT_ROW_NOT_FOUND');
    end if;
    update customer_import_row row
       set explanation = p ->> 'note', explained_by = p ->> 'by', explained_at = clock_timestamp()
     where import_id = v_import.import_id and row_no = any (v_rows) and is_unexplained(row);
    get diagnostics v_new = row_count;
    if v_new > 0 then
        update customer_import set unexplained = unexplained - v_new, version = version + 1
         where import_id = v_import.import_id
        returning * into v_import;
        perform audit(p ->> 'by', 'customer-import.explain', v_import.import_id::text,
                      jsonb_build_object('rows', p -> 'rows', 'note', p -> 'note'));
    end if;
    return jsonb_build_object('import', customer_import_view(v_import));
end
$$;

-- What stands in the way of the cut-over. The digest stands for the rows that nobody has answered for.
create or replace function cut_over_view() returns jsonb
    language sql stable as $$
    select jsonb_strip_nulls(jsonb_build_object(
               'loginOpen', login_open(), 'newsletterOpen', newsletter_open(),
               'importsUnderWay', (select count(*) from customer_import where state in ('UPLOADING', 'CHECKING', 'APPLYING')),
               'unexplained', (select coalesce(sum(unexplained), 0) from customer_import),
               'unwrapped', (select count(*) from customer where sealed_hash is not null),
               'exceptionsDigest', encode(sha256(coalesce(string_agg(
                   row.import_id || ' ' || row_no || ' ' || outcome || ' ' || coalesce(reason, ''), E'\n' order by row.import_id, row_no),
                   '')::bytea), 'hex'),
               'openedBy', (select opened_by from cut_over), 'openedAt', (select opened_at from cut_over)))
      from customer_import_row row join customer_import import on import.import_id = row.import_id and import.state = 'APPLIED'
     where outcome in ('CONFLICT', 'REJECTED') and is_unexplained(row)
$$;

create or replace function open_cut_over(p jsonb) returns jsonb
    language plpgsql as $$
declare
    v_imports   uuid[];
    v_view      jsonb;
    v_signature uuid;
begin
    perform pg_advisory_xact_lock(hashtext('open_cut_over'));
    -- None ends, and no row is explained, between looking at the list and signing it.
    v_imports := array(select import_id from customer_import where step <> 'DONE' or unexplained > 0
                        order by import_id for no key update);
    v_view := cut_over_view();
    if (v_view ->> 'importsUnderWay')::bigint > 0 or v_view ->> 'exceptionsDigest' <> p ->> 'exceptionsDigest' then
        return refused('CUT_OVER_NOT_READY');
    end if;
    if exists (select from cut_over) and (v_view ->> 'unexplained')::bigint = 0 then
        return jsonb_build_object('cutOver', v_view);
    end if;
    insert into cut_over_signature (digest, row_count, note, signed_by)
    values (p ->> 'exceptionsDigest', (v_view ->> 'unexplained')::bigint, p ->> 'note', p ->> 'by')
    returning signature_id into v_signature;
    update customer_import_row row set signature_id = v_signature
     where import_id = any (v_imports) and outcome in ('CONFLICT', 'REJECTED') and is_unexplained(row);
    update customer_import set unexplained = 0 where import_id = any (v_imports) and unexplained > 0;
    insert into cut_over (opened_by) values (p ->> 'by') on conflict do nothing;
    perform audit(p ->> 'by', 'cut-over.open', v_signature::text,
                  jsonb_build_object('digest', p -> 'exceptionsDigest', 'exceptions', v_view -> 'unexplained', 'note', p -> 'note'));
    return jsonb_build_object('cutOver', cut_over_view());
end
$$;
