-- How each month leads from its opening ARR to its closing one, in money and in customers, and what the
-- customers of a year before are worth now.
with movement as (

  select
    month_start,
    sum(case when movement = 'new' then amount else 0 end) as arr_new,
    sum(case when movement = 'reactivation' then amount else 0 end) as arr_reactivation,
    sum(case when movement = 'expansion' then amount else 0 end) as arr_expansion,
    sum(case when movement = 'contraction' then -amount else 0 end) as arr_contraction,
    sum(case when movement = 'churn' then -amount else 0 end) as arr_churn,
    sum(case when movement = 'new' then 1 else 0 end) as customers_new,
    sum(case when movement = 'reactivation' then 1 else 0 end) as customers_reactivated,
    sum(case when movement = 'churn' then 1 else 0 end) as customers_churned
  from {{ref "arr_movements"}}
  group by month_start

),

filled as (

  select
    month.month_start,
    month.is_complete,
    coalesce(movement.arr_new, 0) as arr_new,
    coalesce(movement.arr_reactivation, 0) as arr_reactivation,
    coalesce(movement.arr_expansion, 0) as arr_expansion,
    coalesce(movement.arr_contraction, 0) as arr_contraction,
    coalesce(movement.arr_churn, 0) as arr_churn,
    coalesce(movement.customers_new, 0) as customers_new,
    coalesce(movement.customers_reactivated, 0) as customers_reactivated,
    coalesce(movement.customers_churned, 0) as customers_churned
  from {{ref "int_revenue_month"}} as month
  left join movement
    on movement.month_start = month.month_start

),

running as (

  select
    month_start,
    is_complete,
    arr_new,
    arr_reactivation,
    arr_expansion,
    arr_contraction,
    arr_churn,
    arr_new + arr_reactivation + arr_expansion - arr_contraction - arr_churn as arr_net,
    sum(arr_new + arr_reactivation + arr_expansion - arr_contraction - arr_churn) over (
      order by month_start
      rows between unbounded preceding and current row
    ) as arr_closing,
    customers_new,
    customers_reactivated,
    customers_churned,
    customers_new + customers_reactivated - customers_churned as customers_net,
    sum(customers_new + customers_reactivated - customers_churned) over (
      order by month_start
      rows between unbounded preceding and current row
    ) as customers_closing
  from filled

),

year_before as (

  -- in whole cents, which is what ratio divides
  select
    {{date_plus "month" 12 "past.month_start"}} as month_start,
    sum(past.arr) * 100 as cents_then,
    sum(coalesce(present.arr, 0)) * 100 as cents_now,
    sum(least(coalesce(present.arr, 0), past.arr)) * 100 as cents_kept
  from {{ref "int_customer_month"}} as past
  left join {{ref "int_customer_month"}} as present
    on present.user_id = past.user_id
    and present.month_start = {{date_plus "month" 12 "past.month_start"}}
  group by {{date_plus "month" 12 "past.month_start"}}

)

select
  cast(running.month_start as date) as month_start,
  cast(running.arr_closing - running.arr_net as numeric(18, 2)) as arr_opening,
  cast(running.arr_new as numeric(18, 2)) as arr_new,
  cast(running.arr_reactivation as numeric(18, 2)) as arr_reactivation,
  cast(running.arr_expansion as numeric(18, 2)) as arr_expansion,
  cast(running.arr_contraction as numeric(18, 2)) as arr_contraction,
  cast(running.arr_churn as numeric(18, 2)) as arr_churn,
  cast(running.arr_closing as numeric(18, 2)) as arr_closing,
  cast(running.customers_closing - running.customers_net as bigint) as customers_opening,
  cast(running.customers_new as bigint) as customers_new,
  cast(running.customers_reactivated as bigint) as customers_reactivated,
  cast(running.customers_churned as bigint) as customers_churned,
  cast(running.customers_closing as bigint) as customers_closing,
  cast({{ratio "year_before.cents_now" "year_before.cents_then"}} as numeric(18, 6)) as nrr_12m,
  cast({{ratio "year_before.cents_kept" "year_before.cents_then"}} as numeric(18, 6)) as grr_12m,
  cast(running.is_complete as boolean) as is_complete
from running
left join year_before
  on year_before.month_start = running.month_start
