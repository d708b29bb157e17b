{{config limit=10}}
select * from {{ref "daily"}} where amount < 0
