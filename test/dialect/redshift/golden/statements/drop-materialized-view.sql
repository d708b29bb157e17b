drop materialized view if exists analytics.daily
