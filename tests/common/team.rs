//! A team's own commands, as a team would add them: functions in a schema of its own, one file each, no rebuild.

use std::fs;
use std::path::PathBuf;

use super::Db;

pub struct Team {
    pub dir: tempfile::TempDir,
}

/// A table of effects and functions on it: `team add` (slow on request), `team lie`, `team list`.
const SCHEMA: &str = "
create schema team authorization dot_owner;
set role dot_owner;
grant usage on schema team to dot_reader;
create table team.effect (effect_id bigint generated always as identity primary key, run_id text, note text unique);
create function team.fn_add(p_note text, p_seconds numeric default 0) returns jsonb
language plpgsql volatile security definer set search_path = team, pg_temp as $$
begin
  perform pg_sleep(p_seconds / 2);
  insert into team.effect (run_id, note) values (current_setting('dot.run_id', true), p_note);
  perform pg_sleep(p_seconds / 2);
  return jsonb_build_object('note', p_note);
end $$;
create function team.fn_bump(p_note text) returns jsonb
language plpgsql volatile security definer set search_path = team, pg_temp as $$
begin
  update team.effect set note = note || '+' where note like p_note || '%';
  return jsonb_build_object('note', p_note);
end $$;
create function team.fn_show(p_note text) returns jsonb
language sql stable security definer set search_path = team, pg_temp as $$
  select jsonb_build_object('note', p_note, 'ok', exists (select 1 from team.effect where note like p_note || '%'))
$$;
create function team.fn_lie() returns jsonb
language plpgsql stable security definer set search_path = team, pg_temp as $$
begin
  perform team.fn_add('a lie');
  return '{}';
end $$;
create function team.fn_secret(p_password text) returns jsonb
language sql stable security definer set search_path = team, pg_temp as $$ select jsonb_build_object('length', length(p_password)) $$;
revoke execute on all functions in schema team from public;
grant execute on function team.fn_add, team.fn_bump to dot_operator;
grant execute on function team.fn_show, team.fn_lie, team.fn_secret to dot_reader;
reset role;
";

const ADD: &str = r#"
summary = "Add an effect"
function = "team.fn_add"
mutating = true
risk = "low"
pair = "team show"
idempotency = "key"
[[args]]
name = "note"
type = "text"
required = true
positional = true
param = "p_note"
help = "What to add"
[[args]]
name = "seconds"
type = "numeric"
param = "p_seconds"
help = "How long it takes"
[[examples]]
argv = "dot team add hello"
shows = "The effect"
"#;

const BUMP: &str = r#"
summary = "Change effects"
function = "team.fn_bump"
mutating = true
risk = "high"
pair = "team show"
[[args]]
name = "note"
type = "text"
required = true
positional = true
param = "p_note"
help = "Which to change"
[[examples]]
argv = "dot team bump hello"
shows = "The change"
"#;

const SHOW: &str = r#"
summary = "Check that an effect is there"
function = "team.fn_show"
mutating = false
[[args]]
name = "note"
type = "text"
required = true
positional = true
param = "p_note"
help = "Which"
[[examples]]
argv = "dot team show hello"
shows = "ok"
"#;

const LIE: &str = r#"
summary = "Say it reads, and write"
function = "team.fn_lie"
mutating = false
[[examples]]
argv = "dot team lie"
shows = "A refusal"
"#;

const SECRET: &str = r#"
summary = "Take a secret"
function = "team.fn_secret"
mutating = false
[[args]]
name = "password"
type = "text"
secret = true
param = "p_password"
help = "The secret"
[[examples]]
argv = "dot team secret"
shows = "Its length"
"#;

impl Team {
    /// A database that knows the team's commands, and their files.
    pub fn stage() -> (Db, Team) {
        let db = Db::prepared("team", |db| {
            Team::join(db);
        });
        (db, Team::files())
    }

    /// Installs the functions, writes the files and syncs them.
    pub fn join(db: &Db) -> Team {
        db.sql(SCHEMA);
        let team = Team::files();
        db.dot(&["catalog", "sync", "--commands", &team.path()]).exits(0);
        team
    }

    pub fn files() -> Team {
        let team = Team { dir: super::tempdir() };
        for (name, text) in [("add", ADD), ("bump", BUMP), ("show", SHOW), ("lie", LIE), ("secret", SECRET)] {
            team.file(name, text);
        }
        team
    }

    pub fn file(&self, name: &str, text: &str) -> PathBuf {
        let group = self.dir.path().join("team");
        fs::create_dir_all(&group).expect("the group");
        let path = group.join(format!("{name}.toml"));
        fs::write(&path, text).expect("the file");
        path
    }

    pub fn path(&self) -> String {
        self.dir.path().display().to_string()
    }

    /// `dot --commands DIR …`
    pub fn args<'a>(&'a self, path: &'a str, rest: &[&'a str]) -> Vec<&'a str> {
        [rest, &["--commands", path]].concat()
    }
}
