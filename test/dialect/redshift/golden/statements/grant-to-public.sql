grant select on analytics.daily to public
