-- There are at least 99 rows for each 100 that were published: a metric or a slice that is lost is seen before others
-- look for it.
select
  counted.row_count,
  told.row_count as row_count_as_published
from (
  select count(*) as row_count
  from {{ref "tall_table"}}
) as counted
cross join (
  select count(*) as row_count
{{#if (var "compare_with_published")}}
  from {{source "published" "tall_table"}}
{{else}}
  from {{ref "tall_table"}}
{{/if}}
) as told
where 100 * counted.row_count < 99 * told.row_count
