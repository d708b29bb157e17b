drop view if exists analytics.daily
