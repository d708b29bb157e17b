-- Every month is a cohort, followed up to the last month: n months of activity make n * (n + 1) / 2 rows.
select
  months.n as months,
  retention.n as retention_rows
from (select count(distinct period_start) as n from {{ref "monthly"}}) as months
cross join (select count(*) as n from {{ref "retention"}}) as retention
where 2 * retention.n <> months.n * (months.n + 1)
