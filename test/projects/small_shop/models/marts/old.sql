{{config enabled=false}}
select * from {{ref "gone"}}
