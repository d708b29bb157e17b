-- One row a slice and value that occurs in the events that count.
select distinct
  slice,
  slice_value
from {{ref "int_user_day_slice"}}
