grant select on analytics.daily to group "bi team"
