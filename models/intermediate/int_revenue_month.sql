-- One row a calendar month of revenue, from that of the first subscription event to that of as_of_date.
select
  month_start,
  {{last_day "month_start"}} as month_end,
  {{last_day "month_start"}} <= {{date (var "as_of_date")}} as is_complete
from {{ref "int_day"}}
where revenue_day_number is not null
group by month_start
