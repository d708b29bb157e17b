grant select on analytics.daily to tableau
