-- One row an event that counts, its dimensions under their clean names.
select
  events.event_id,
  events.event_ts,
  events.event_date,
  events.loaded_at,
  events.user_id,
  events.event_name,
  {{known "platforms.platform"}} as platform,
  {{known "countries.country"}} as country
from {{ref "stg_events_judged"}} as events
left join {{ref "platform_spellings"}} as platforms
  on platforms.spelling = {{spelling_key "events.platform"}}
left join {{ref "country_spellings"}} as countries
  on countries.spelling = {{spelling_key "events.country"}}
where events.reject_reason is null
