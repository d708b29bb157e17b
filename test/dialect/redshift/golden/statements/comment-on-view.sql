comment on view analytics.daily is 'Activity by day.'
