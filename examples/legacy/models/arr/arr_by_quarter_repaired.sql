select
  calendar.quarter,
  sum(subscription.price) as new_price
from {{ref "subscriptions"}} as subscription
inner join {{ref "calendar_sheet"}} as calendar
  on subscription.started_on = calendar.date
group by 1
