grant select on analytics.daily to role reader
