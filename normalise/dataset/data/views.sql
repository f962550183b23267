-- Views for the usual questions. Only recommendations that count are in them: of a plan published
-- twice each is there once.

create view counted_documents as
select * from documents where duplicate_of is null;
comment on view counted_documents is 'Documents without those that hold a plan again.';

create view counted_recommendations as
select * from recommendations where duplicate_of_record is null;
comment on view counted_recommendations is 'Recommendations, each once.';

create view recommendation_facts as
with latest as (
    select document_id, record_key, max(target_end) as day from actions group by all
)
select
    r.document_id,
    r.record_key,
    coalesce(r.revised_target_end, r.target_end, l.day) as due,
    r.number is not null as has_number,
    r.actions > 0 as has_action,
    r.updates > 0 as has_update,
    r.status <> 'unknown' as has_status,
    coalesce(r.revised_target_end, r.target_end, l.day) is not null as has_date,
    exists (select 1 from agencies x
            where x.document_id = r.document_id and x.record_key = r.record_key) as has_agency,
    exists (select 1 from leads x
            where x.document_id = r.document_id and x.record_key = r.record_key) as has_lead,
    exists (select 1 from themes x
            where x.document_id = r.document_id and x.record_key = r.record_key) as has_theme
from counted_recommendations r
left join latest l using (document_id, record_key);
comment on view recommendation_facts is
'What each recommendation has. Due is the last day of the revised target, else of the target, else of the latest target of its actions.';

create macro overdue(day) as table
select
    f.due,
    date_diff('day', f.due, cast(day as date)) as days_overdue,
    r.document,
    r.record_id,
    r.number,
    r.text,
    r.agencies,
    r.leads,
    r.status,
    r.completion_start,
    r.page,
    r.document_id,
    r.record_key
from counted_recommendations r
join recommendation_facts f using (document_id, record_key)
where f.due < cast(day as date)
  and (r.status not in ('completed', 'ongoing') or r.completion_start > cast(day as date))
order by f.due, r.document_id, r.record_id;

create view per_agency as
with named as (
    select distinct document_id, record_key, coalesce(canonical, name) as agency
    from agencies
    where coalesce(canonical, name) is not null
)
select
    n.agency,
    count(*) as recommendations,
    count(distinct document_id) as documents,
    count(*) filter (r.status = 'completed') as completed,
    count(*) filter (r.status = 'in_progress') as in_progress,
    count(*) filter (r.status = 'not_started') as not_started,
    count(*) filter (r.status = 'ongoing') as ongoing,
    count(*) filter (r.status = 'unknown') as unknown
from named n
join counted_recommendations r using (document_id, record_key)
group by n.agency
order by recommendations desc, n.agency;
comment on view per_agency is
'Recommendations of each agency, named for the recommendation or one of its actions, by status.';

create view per_theme as
with named as (
    select distinct document_id, record_key, basis, theme from themes where theme is not null
)
select
    n.basis,
    n.theme,
    count(*) as recommendations,
    count(distinct document_id) as documents,
    count(*) filter (r.status = 'completed') as completed,
    count(*) filter (r.status = 'in_progress') as in_progress,
    count(*) filter (r.status = 'not_started') as not_started,
    count(*) filter (r.status = 'ongoing') as ongoing,
    count(*) filter (r.status = 'unknown') as unknown
from named n
join counted_recommendations r using (document_id, record_key)
group by n.basis, n.theme
order by n.basis desc, recommendations desc, n.theme;
comment on view per_theme is
'Recommendations of each theme, of the vocabulary and as printed, by status.';

create view no_owner as
select r.document, r.record_id, r.number, r.text, r.agencies, r.status, r.page,
       r.document_id, r.record_key
from counted_recommendations r
join recommendation_facts f using (document_id, record_key)
where not f.has_lead
order by r.document_id, r.record_id;
comment on view no_owner is
'Recommendations for which, with all their actions, no person or post is named; agencies may be.';

create view no_date as
select r.document, r.record_id, r.number, r.text, r.target_text, r.target_kind, r.status, r.page,
       r.document_id, r.record_key
from counted_recommendations r
join recommendation_facts f using (document_id, record_key)
where f.due is null
order by r.document_id, r.record_id;
comment on view no_date is
'Recommendations without a day to hold them to; target_kind tells which are ongoing, immediate and so on.';

create view completion_times as
with told as (
    select document_id, record_key, min(date_end) as day
    from updates
    where status = 'completed'
    group by all
),
done as (
    select
        r.*,
        coalesce(r.completion_end, case when r.status = 'completed' then t.day end) as completed,
        case when r.completion_end is not null then 'completion' else 'update' end as basis
    from counted_recommendations r
    left join told t using (document_id, record_key)
)
select
    d.document,
    d.record_id,
    d.number,
    f.due,
    d.completed,
    date_diff('day', f.due, d.completed) as days_late,
    d.basis,
    d.document_id,
    d.record_key
from done d
join recommendation_facts f using (document_id, record_key)
where f.due is not null and d.completed is not null
order by d.document_id, d.record_id;
comment on view completion_times is
'Days from due to completion, both taken as the last day of what is printed; negative: early. Basis: the date of completion, or else of the first update that tells of it.';

create view dhrd_recommendations as
select
    r.document_id as dhr_id,
    r.document_id || '/' || r.record_key as rec_id,
    r.text as rec_text,
    (select string_agg(agency, '; ' order by place)
     from (select coalesce(a.canonical, a.name) as agency, min(a.position) as place
           from agencies a
           where a.document_id = r.document_id and a.record_key = r.record_key
           group by all)) as rel_agency
from counted_recommendations r
order by r.document_id, r.record_id;
comment on view dhrd_recommendations is
'Column names of the draft data dictionary of the Domestic Homicide Reviews Database; dhr_id is document_id.';
