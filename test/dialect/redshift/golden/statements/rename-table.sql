alter table analytics.daily__next rename to daily
