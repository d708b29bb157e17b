{{config publish="table" sortkey="ordered_on" tags=(list "tableau")}}
select o.ordered_on, c.name, sum(o.amount) as amount
from {{ref "stg_orders"}} as o
join {{ref "countries"}} as c on c.code = o.country
{{#if (eq 1 2)}}join {{source "crm" "customers"}} as u on true{{/if}}
group by 1, 2
