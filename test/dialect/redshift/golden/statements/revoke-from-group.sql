revoke select on analytics.daily from group bi
