drop schema if exists analytics__store
