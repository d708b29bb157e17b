select calendar.date as arr_date, coalesce(sum(subscription.price), 0) as new_price
from {{ref "calendar_sheet"}} as calendar
left join {{ref "subscriptions"}} as subscription
  on calendar.date = subscription.started_on
where calendar.date <= {{date (var "as_of_date")}}
group by 1
