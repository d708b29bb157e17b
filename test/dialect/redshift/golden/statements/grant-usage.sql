grant usage on schema analytics to group bi
