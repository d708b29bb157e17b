-- No value of a slice has more users than the whole, and all values together have no fewer: a user counts once
-- in the whole and at least once in each slice.
select
  whole.activity_date,
  part.slice,
  whole.dau,
  part.largest_dau,
  part.total_dau,
  whole.mau_28,
  part.largest_mau_28,
  part.total_mau_28
from {{ref "daily"}} as whole
inner join (
  select
    activity_date,
    slice,
    max(dau) as largest_dau,
    sum(dau) as total_dau,
    max(mau_28) as largest_mau_28,
    sum(mau_28) as total_mau_28
  from {{ref "daily"}}
  where slice <> 'all'
  group by
    activity_date,
    slice
) as part
  on part.activity_date = whole.activity_date
where whole.slice = 'all'
  and (
    whole.dau not between part.largest_dau and part.total_dau
    or whole.mau_28 not between part.largest_mau_28 and part.total_mau_28
  )
