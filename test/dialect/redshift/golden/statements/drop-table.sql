drop table if exists analytics__store.daily__3fa9c1d2e4b7
