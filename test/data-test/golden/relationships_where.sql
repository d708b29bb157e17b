select child.*
from (
  select *
  from analytics.tested
  where kept = 1
) as child
left join (
  select *
  from analytics.other
  where live = 1
) as parent
  on child.user_id = parent.id
where child.user_id is not null
  and parent.id is null;

select child.*
from (
  select *
  from (
    select *
    from analytics.tested
    where user_id < 9
  ) as tested
  where user_id > 0
) as child
left join analytics.other as parent
  on child.user_id = parent.id
where child.user_id is not null
  and parent.id is null;
