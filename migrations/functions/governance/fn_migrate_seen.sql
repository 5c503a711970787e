create or replace function dot.fn_migrate_seen() returns jsonb
language plpgsql stable security definer set search_path = dot, pg_temp
as $$
declare
  v_applied jsonb;
  v_own     jsonb;
begin
  -- A revert can have taken the lists away, and asks this what is left.
  if to_regclass('dot._sqlx_migrations') is not null then
    select coalesce(jsonb_agg(jsonb_build_object('version', m.version, 'description', m.description, 'installed_on', m.installed_on::text,
             'checksum', encode(m.checksum, 'hex')) order by m.version), '[]')
      into v_applied from dot._sqlx_migrations m;
    select coalesce(jsonb_agg(jsonb_build_object('set_name', m.set_name, 'version', m.version, 'description', m.description,
             'installed_on', m.installed_on::text, 'checksum', encode(m.checksum, 'hex'), 'down_digest', m.down_digest, 'applied_by', m.applied_by) order by m.set_name, m.version), '[]')
      into v_own from dot.dot_own_migration m;
  end if;
  return jsonb_build_object(
    'applied', v_applied,
    'own', v_own,
    'commands', (select count(*) from dot.dot_command_catalog where status = 'active'),
    'sources', (
      select coalesce(jsonb_agg(jsonb_build_object('function_name', s.function_name, 'digest', s.digest, 'definition_digest', s.definition_digest,
               'reverted', s.reverted) order by s.function_name), '[]')
        from dot.dot_function_source s));
end
$$;
comment on function dot.fn_migrate_seen() is
  'What logins that read no table may know of how the platform was made: {applied: [{version, description, installed_on, checksum (hex)}], own: the same of the teams'' sets, each with its set_name, down_digest and applied_by, commands: how many are active, sources: [{function_name, digest, definition_digest, reverted}]}. applied and own are null where a revert has taken the lists away.';
