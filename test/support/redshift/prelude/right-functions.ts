/**
 * Users, groups and roles of Redshift, each as a role of PostgreSQL, and what they are granted. Roles are the whole server's,
 * so that they are named after the database, too.
 */
export function rightFunctions(): readonly string[] {
  return [
    `create function stand_in.role_of(kind text, name text) returns text stable language sql as $$
  select case when kind = 'public' then 'public'
    else quote_ident(current_database() || ':' || left(md5(kind || ':' || name), 16)) end
$$`,
    `create function stand_in.has_role(kind text, name text) returns boolean stable language sql as $$
  select kind = 'public' or exists (select 1 from pg_roles where quote_ident(rolname) = stand_in.role_of(kind, name))
$$`,
    `create function stand_in.is_seen(kind text, name text) returns boolean stable language sql as $$
  select $1 = 'public'
    or (select rolsuper from pg_roles where rolname = current_user)
    or exists (
      select 1 from pg_roles
      where quote_ident(rolname) = stand_in.role_of($1, $2) and pg_has_role(current_user, oid, 'member')
    )
$$`,
    `create function stand_in.add_identity(kind text, name text) returns void language plpgsql as $$
begin
  insert into stand_in.identities values (kind, name);
  execute 'create role ' || stand_in.role_of(kind, name);
end
$$`,
    `create function stand_in.remove_identity(of_kind text, of_name text) returns void language plpgsql as $$
begin
  perform stand_in.check_identity(of_kind, of_name);
  delete from stand_in.identities where kind = of_kind and name = of_name;
  delete from stand_in.privileges where kind = of_kind and name = of_name;
  execute 'drop owned by ' || stand_in.role_of(of_kind, of_name);
  execute 'drop role ' || stand_in.role_of(of_kind, of_name);
end
$$`,
    `create function stand_in.add_member(kind text, name text, member text) returns void language plpgsql as $$
begin
  perform stand_in.check_identity(kind, name), stand_in.check_identity('user', member);
  execute format('grant %s to %s', stand_in.role_of(kind, name), stand_in.role_of('user', member));
end
$$`,
    `create function stand_in.enforce(verb text, object oid, kind text, name text, privilege text)
returns void language plpgsql as $$
declare
  onto text := case when exists (select 1 from pg_namespace where oid = object)
    then 'schema ' || object::regnamespace else object::regclass::text end;
begin
  if stand_in.has_role(kind, name) and lower(privilege) not in ('drop', 'alter', 'rule') then
    execute format('%s %s on %s %s %s', verb, privilege, onto,
      case verb when 'grant' then 'to' else 'from' end, stand_in.role_of(kind, name));
  end if;
end
$$`,
    `create function stand_in.grant(object oid, kind text, name text, privilege text) returns void language sql as $$
  select stand_in.check_identity($2, $3);
  insert into stand_in.privileges values ($1, $2, $3, upper($4)) on conflict do nothing;
  select stand_in.enforce('grant', $1, $2, $3, $4);
$$`,
    `create function stand_in.revoke(object oid, kind text, name text, privilege text) returns void language sql as $$
  select stand_in.check_identity($2, $3);
  delete from stand_in.privileges as p
  where p.object = $1 and p.kind = $2 and p.name = $3 and (p.privilege = upper($4) or lower($4) = 'all');
  select stand_in.enforce('revoke', $1, $2, $3, $4);
$$`,
    `create function stand_in.forget_roles() returns void language plpgsql as $$
declare
  known record;
begin
  for known in select rolname from pg_roles where rolname like current_database() || ':%' loop
    execute format('drop owned by %I', known.rolname);
    execute format('drop role %I', known.rolname);
  end loop;
end
$$`,
  ];
}

/** What everybody may do with what the stand-in keeps for itself. */
export const OPEN_TO_ALL: readonly string[] = [
  'grant usage on schema stand_in to public',
  'grant all on all tables in schema stand_in to public',
  'grant all on all sequences in schema stand_in to public',
];
