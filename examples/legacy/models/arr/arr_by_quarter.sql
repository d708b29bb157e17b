select
  coalesce(calendar.quarter, 'None') as quarter,
  sum(subscription.price) as new_price
from {{ref "subscriptions"}} as subscription
left join {{ref "calendar_sheet"}} as calendar
  on subscription.ended_on = calendar.date
group by 1
