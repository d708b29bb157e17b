comment on table analytics__store.daily__3fa9c1d2e4b7 is 'it''s C:\\daily'
