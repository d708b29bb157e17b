create schema if not exists analytics__store
