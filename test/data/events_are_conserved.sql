-- Every judged event is either kept or rejected.
select
  judged.row_count as judged_rows,
  kept.row_count as kept_rows,
  rejected.row_count as rejected_rows
from (select count(*) as row_count from {{ref "stg_events_judged"}}) as judged
cross join (select count(*) as row_count from {{ref "stg_events"}}) as kept
cross join (select count(*) as row_count from {{ref "stg_events_rejected"}}) as rejected
where judged.row_count <> kept.row_count + rejected.row_count
