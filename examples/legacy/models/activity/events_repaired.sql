with numbered as (

  select
    event_id, event_date, user_id, event_name, platform, country,
    row_number() over (
      partition by event_id
      order by event_date, user_id, event_name, platform, country
    ) as copy_number
  from {{ref "app_events"}}

)

select event_id, event_date, user_id, event_name, platform, country
from numbered
where copy_number = 1
