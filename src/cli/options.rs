//! The options that every command shares, as clap arguments.

use clap::{Arg, ArgAction, ArgMatches, Command};

use crate::catalog::CommandSpec;
use crate::settings::Options;

/// The heading of the options that every command has.
const GLOBAL: &str = "Global options";
const MUTATION: &str = "Rehearsal and confirmation";
const LIST: &str = "List options";
const TIMES: &str = "Options of times";

/// Adds the options of every command to the root.
pub fn global(root: Command) -> Command {
    let text = |name: &'static str, value: &'static str, help: &'static str| {
        Arg::new(name).long(name).value_name(value).help(help).global(true).help_heading(GLOBAL)
    };
    let rare = |arg: Arg| arg.hide_short_help(true);
    let flag = |name: &'static str, help: &'static str| {
        Arg::new(name).long(name).help(help).action(ArgAction::SetTrue).global(true).help_heading(GLOBAL)
    };
    root.arg(
        text("output", "FORMAT", "How to print the result")
            .short('o')
            .value_parser(["table", "json", "jsonl", "yaml", "csv"]),
    )
    .arg(flag("json", "Print one JSON document (the same as -o json)").conflicts_with("output"))
    .arg(text("fields", "A,B", "Print only these fields, in this order"))
    .arg(text("context", "NAME", "Use this named context").conflicts_with("database-url"))
    .arg(text("database-url", "URL", "Use this database (overrides DATABASE_URL)"))
    .arg(flag("no-input", "Never prompt").short('n'))
    .arg(flag("quiet", "Print nothing on stderr but errors").short('q').conflicts_with("verbose"))
    .arg(flag("verbose", "Also print the run's id, effects and times on stderr").short('v'))
    .arg(flag("explain", "Print what would run, and run nothing"))
    .arg(rare(text("input", "JSON|@FILE|-", "Give all arguments as one JSON object instead of flags")))
    .arg(rare(text("color", "WHEN", "Colour the output").value_parser(["auto", "always", "never"])))
    .arg(rare(text("timeout", "TIME", "Stop a statement that takes longer, for example 30s (0 for never)")))
    .arg(rare(text("lock-timeout", "TIME", "Stop waiting for a lock after this long")))
    .arg(rare(text("actor", "NAME", "Who acts, where the login does not say")))
    .arg(rare(text("actor-kind", "KIND", "What acts").value_parser(["human", "agent", "ci", "service"])))
    .arg(rare(text("principal", "NAME", "The person accountable for an agent")))
    .arg(rare(text("correlation-id", "ID", "Ties runs of one piece of work together")))
    .arg(rare(text("commands", "DIR", "Also read command files from here (DOT_COMMAND_PATH)")))
    .arg(rare(flag("fetch-postgres", "Fetch a pinned PostgreSQL build if the machine has none")))
}

/// The options of every command as a command of their own, for `dot help options`.
pub fn alone() -> Command {
    global(Command::new("dot"))
        .about("Options that every command takes, in any place after `dot`")
        .mut_args(|arg| arg.hide_short_help(false).help_heading(None::<&str>))
        .disable_help_flag(true)
        .help_template("{about}\n\n{options}")
}

/// Adds the options that fit this command.
pub fn of_command(command: Command, spec: &CommandSpec) -> Command {
    let text = |name: &'static str, value: &'static str, help: &'static str, heading: &'static str| {
        Arg::new(name).long(name).value_name(value).help(help).help_heading(heading)
    };
    let flag = |name: &'static str, help: &'static str, heading: &'static str| {
        Arg::new(name).long(name).help(help).action(ArgAction::SetTrue).help_heading(heading)
    };
    let command = if spec.takes_times() {
        command.arg(text("zone", "ZONE", "The time zone of times that name none, such as Europe/Paris [default: DOT_ZONE, zone in the settings file, or the machine's]", TIMES))
    } else {
        command
    };
    if spec.is_asked_here() {
        command.arg(flag("yes", "Confirm without a prompt", MUTATION).short('y'))
    } else if spec.mutating && !spec.local {
        command
            .arg(flag("dry-run", "Run it on the real data, measure, and roll back", MUTATION))
            .arg(
                text("plan-out", "FILE", "With --dry-run: keep the rehearsal as a plan for `dot apply`", MUTATION)
                    .requires("dry-run"),
            )
            .arg(
                text("show-rows", "N", "With --dry-run: show up to N changed rows, before and after", MUTATION)
                    .requires("dry-run")
                    .value_parser(clap::value_parser!(u32)),
            )
            .arg(
                flag("propose", "Measure it, and propose exactly that for approval, instead of doing it", MUTATION)
                    .conflicts_with("dry-run"),
            )
            .arg(flag("yes", "Confirm without a prompt", MUTATION).short('y'))
            .arg(text("confirm", "NAME", "Confirm a critical command by the database's name", MUTATION))
            .arg(text("reason", "TEXT", "Why, for the audit", MUTATION))
            .arg(text("idempotency-key", "KEY", "Do this once: a repeated request returns the first outcome", MUTATION))
    } else if spec.returns_rows() {
        command
            .arg(
                text("limit", "N", "At most this many rows [default: 100]", LIST)
                    .value_parser(clap::value_parser!(u32).range(1..)),
            )
            .arg(text("cursor", "CURSOR", "Go on where an earlier list ended", LIST))
            .arg(flag("all", "Every row", LIST).conflicts_with("limit"))
    } else {
        command
    }
}

/// Reads the options out of the matches of the innermost subcommand.
pub fn from_matches(matches: &ArgMatches) -> Options {
    let text = |name: &str| matches.try_get_one::<String>(name).ok().flatten().cloned();
    let number = |name: &str| matches.try_get_one::<u32>(name).ok().flatten().copied();
    let flag = |name: &str| matches.try_get_one::<bool>(name).ok().flatten().copied().unwrap_or(false);
    Options {
        output: if flag("json") { Some("json".to_owned()) } else { text("output") },
        fields: text("fields").map(|list| list.split(',').map(|f| f.trim().to_owned()).collect()),
        color: text("color"),
        quiet: flag("quiet"),
        verbose: flag("verbose"),
        no_input: flag("no-input"),
        explain: flag("explain"),
        input: text("input"),
        context: text("context"),
        database_url: text("database-url"),
        commands: text("commands"),
        timeout: text("timeout"),
        lock_timeout: text("lock-timeout"),
        actor: text("actor"),
        actor_kind: text("actor-kind"),
        principal: text("principal"),
        correlation_id: text("correlation-id"),
        fetch_postgres: flag("fetch-postgres"),
        dry_run: flag("dry-run"),
        plan_out: text("plan-out"),
        show_rows: number("show-rows"),
        propose: flag("propose"),
        yes: flag("yes"),
        confirm: text("confirm"),
        reason: text("reason"),
        idempotency_key: text("idempotency-key"),
        limit: number("limit"),
        zone: text("zone"),
        cursor: text("cursor"),
        all: flag("all"),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::catalog::embedded;

    /// Each kind of command: what clap is given is what no argument may be called.
    #[test]
    fn no_argument_can_take_the_place_of_a_shared_option() {
        let commands = embedded::commands().expect("the catalogue");
        for entry in commands.iter() {
            let command = of_command(global(Command::new("dot")), &entry.spec);
            let given: BTreeSet<&str> =
                command.get_arguments().filter_map(|arg| arg.get_long()).filter(|long| *long != "input").collect();
            let mut kept: BTreeSet<&str> = entry.spec.shared_options().filter(|name| *name != "input").collect();
            assert!(kept.remove("help"), "clap adds it later");
            assert_eq!(given, kept, "{}", entry.spec.code);
        }
        let mut spec = commands.iter().find(|entry| entry.spec.code == "queue set").expect("a command").spec.clone();
        spec.args[1].name = "dry-run".to_owned();
        let problems = spec.problems();
        assert_eq!(problems, ["argument `dry-run`: --dry-run is an option of every such command"]);
    }
}
