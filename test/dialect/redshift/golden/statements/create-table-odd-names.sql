create table "my schema"."order" (
  "user name" bigint
)
