-- One row a user, day, country and platform: the last look at single events. All that counts users reads on from here.
select
  user_id,
  event_date as activity_date,
  country,
  platform,
  count(*) as n_events,
  sum(case when event_name = 'project created' then 1 else 0 end) as n_created,
  sum(case when event_name = 'project exported' then 1 else 0 end) as n_exported,
  sum(case when event_name = 'project downloaded' then 1 else 0 end) as n_downloaded,
  sum(case when event_name = 'editor touched' then 1 else 0 end) as n_edited
from {{ref "stg_events"}}
group by
  user_id,
  event_date,
  country,
  platform
