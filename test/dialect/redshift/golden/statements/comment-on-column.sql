comment on column "my schema"."order"."user name" is 'Who.'
