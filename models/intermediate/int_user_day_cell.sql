-- One row a user, day, country and platform: the last look at single events. All that counts users reads on
-- from here, through many sorts, so the counts are kept narrow.
select
  user_id,
  event_date as activity_date,
  country,
  platform,
  cast(count(*) as integer) as n_events,
  cast(sum(case when event_name = 'project created' then 1 else 0 end) as integer) as n_created,
  cast(sum(case when event_name = 'project exported' then 1 else 0 end) as integer) as n_exported,
  cast(sum(case when event_name = 'project downloaded' then 1 else 0 end) as integer) as n_downloaded,
  cast(sum(case when event_name = 'editor touched' then 1 else 0 end) as integer) as n_edited
from {{ref "stg_events"}}
group by
  user_id,
  event_date,
  country,
  platform
