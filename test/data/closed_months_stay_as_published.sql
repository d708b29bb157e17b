{{config severity="warn"}}
-- A month that was complete when it was published has the same ARR and the same customers now. It may change for a
-- reason, such as a cancellation that was recorded late; then somebody should know before others ask.
select
  told.month_start,
  told.arr_closing as arr_closing_as_published,
  now.arr_closing,
  told.customers_closing as customers_closing_as_published,
  now.customers_closing
{{#if (var "compare_with_published")}}
from {{source "published" "arr_bridge"}} as told
{{else}}
from {{ref "arr_bridge"}} as told
{{/if}}
left join {{ref "arr_bridge"}} as now
  on now.month_start = told.month_start
where told.is_complete
  and (now.month_start is null
    or now.arr_closing <> told.arr_closing
    or now.customers_closing <> told.customers_closing)
