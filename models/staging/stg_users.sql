-- One row a user. Names, e-mail addresses and companies stay in the landed table: no model needs them.
with landed as (

  select
    user_id,
    signup_ts,
    {{spelling_key "country"}} as country_spelling,
    {{spelling_key "platform"}} as platform_spelling,
    is_internal
  from {{source "raw" "users"}}

)

select
  landed.user_id,
  landed.signup_ts,
  cast({{convert_timezone (var "timezone") "landed.signup_ts"}} as date) as signup_date,
  {{known "countries.country"}} as country,
  {{known "platforms.platform"}} as platform,
  coalesce(landed.is_internal, false) as is_internal
from landed
left join {{ref "country_spellings"}} as countries
  on countries.spelling = landed.country_spelling
left join {{ref "platform_spellings"}} as platforms
  on platforms.spelling = landed.platform_spelling
