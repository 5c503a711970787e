//! What SQL knows of commands, and what their files say of SQL.

use std::collections::{BTreeMap, BTreeSet};

use dot::catalog::arg_type::TYPES;
use dot::catalog::embedded;

use super::sql::{Function, functions};

/// What every run may meet before and after its function, whatever the command: the pipeline's own functions.
const PIPELINE: [&str; 6] = [
    "fn_command_begin",
    "fn_command_enter",
    "fn_command_enter_read",
    "fn_command_finish",
    "fn_command_guard",
    "fn_command_conclude",
];

/// But a guard, which names the command that its function is, or is granted by.
#[test]
fn no_function_knows_a_command_by_its_name() {
    let catalog = embedded::commands().expect("the catalogue");
    let (mut found, mut guards) = (Vec::new(), 0);
    for function in functions() {
        for (before, text) in function.literals() {
            let before = before.trim_end();
            if before.ends_with("fn_command_guard(") {
                guards += 1;
                let spec = catalog.find(&text).map(|entry| &entry.spec);
                let own = |name: &String| *name == function.name;
                if !spec.is_some_and(|spec| spec.function.iter().chain(&spec.grants).any(own)) {
                    found.push(format!("{}: guards {text:?}", function.name));
                }
                continue;
            }
            // It answers in the name of its guard, as a test below holds it to.
            if before.ends_with("fn_command_answer(") {
                continue;
            }
            // The names of locks are words of their own.
            if before.ends_with("fn_lock_take(") || before.ends_with("fn_lock_try(") {
                continue;
            }
            // A code of one word may mean much else, unless it is compared with a command.
            let of_codes = || {
                let compared = ["=", "<>", "in (", "like"].iter().find_map(|sign| before.strip_suffix(sign));
                compared.is_some_and(|left| {
                    let word = left.trim_end().rsplit(|c: char| !c.is_ascii_alphanumeric() && c != '_').next();
                    word.is_some_and(|word| word.contains("command"))
                })
            };
            let whole = catalog.find(&text).is_some() && (text.contains(' ') || of_codes());
            let group = text.strip_suffix('%').is_some_and(|start| {
                start.ends_with(' ') && catalog.iter().any(|entry| entry.spec.code.starts_with(start))
            });
            if whole || group {
                found.push(format!("{}: {text:?}", function.name));
            }
        }
    }
    assert!(found.is_empty(), "{found:#?}");
    assert!(guards > 50, "{guards} guards");
}

/// Whatever a function raises is declared by its commands; and whatever they declare, it or what it calls raises.
#[test]
fn errors_are_those_of_the_function() {
    let functions: BTreeMap<String, Function> =
        functions().into_iter().map(|function| (function.name.clone(), function)).collect();
    let reached = |from: &str| {
        let mut reached = BTreeSet::from([from.to_owned()]);
        let mut left = vec![from.to_owned()];
        while let Some(function) = left.pop().and_then(|name| functions.get(&name)) {
            for called in function.words().filter(|word| functions.contains_key(*word)) {
                if reached.insert(called.to_owned()) {
                    left.push(called.to_owned());
                }
            }
        }
        reached
    };
    let named = |names: &BTreeSet<String>| -> BTreeSet<String> {
        names.iter().filter_map(|name| functions.get(name)).flat_map(Function::errors).collect()
    };
    let always: BTreeSet<String> = PIPELINE.iter().flat_map(|name| named(&reached(name))).collect();
    let (mut found, mut looked) = (Vec::new(), 0);
    for entry in embedded::commands().expect("the catalogue").iter() {
        let spec = &entry.spec;
        let Some(function) = spec.function.as_ref().and_then(|name| functions.get(name)) else { continue };
        looked += 1;
        let declared: BTreeSet<String> = spec.errors.iter().cloned().collect();
        for code in function.raised().difference(&declared) {
            found.push(format!("`{}` does not declare {code}, which {} raises", spec.code, function.name));
        }
        let names = reached(&function.name);
        let mut possible = named(&names);
        let says = |word: &str| names.iter().filter_map(|name| functions.get(name)).any(|f| f.text.contains(word));
        // What the client concludes from a result: a check that found something, a part that was not done.
        possible.extend(
            [("'ok'", "DT003"), ("'partial'", "DT207")]
                .iter()
                .filter(|(word, _)| says(word))
                .map(|(_, code)| (*code).to_owned()),
        );
        for code in declared.iter().filter(|code| !possible.contains(*code) && !always.contains(*code)) {
            found.push(format!("`{}` declares {code}, which nothing that {} reaches raises", spec.code, function.name));
        }
    }
    assert!(found.is_empty(), "{found:#?}");
    assert!(looked > 150, "{looked} commands with a function");
}

/// A mutating function says of its run that it was refused, whoever refuses: after the guard, what may be a refusal is returned
/// through fn_command_answer, in the name of its own command.
#[test]
fn a_refusal_is_returned_in_the_name_of_its_command() {
    let (mut found, mut looked) = (Vec::new(), 0);
    for function in functions() {
        let Some((before, after)) = function.text.split_once("dot.fn_command_guard('") else { continue };
        let Some((command, after)) = after.split_once('\'') else { continue };
        looked += 1;
        let words = |text: &str| text.split_whitespace().map(str::to_owned).collect::<Vec<_>>().join(" ");
        let text = words(after);
        let bare = text.matches("return dot.fn_command_refusal(").count();
        // The guard's own is of no run; it comes first, and nothing is put in its place before.
        let own = text.matches("return v_refused;").count();
        let early = text
            .split("return v_refused;")
            .next()
            .is_some_and(|text| own > 0 && text.contains("v_refused := ") && before.contains("v_refused jsonb := "));
        let answers = text.matches("dot.fn_command_answer('").count();
        let named = text.matches(&format!("dot.fn_command_answer('{command}', ")).count();
        if bare > 0 || own > 1 || early || answers != named {
            found.push(format!(
                "{}: {bare} bare, {own} of the guard, {} in another's name",
                function.name,
                answers - named
            ));
        }
    }
    assert!(found.is_empty(), "{found:#?}");
    assert!(looked > 80, "{looked} functions with a guard");
}

/// The database's table of types, and that of editors, are the program's.
#[test]
fn types_of_arguments_are_one_table() {
    let rows: Vec<String> = TYPES.iter().map(|row| format!("    ('{}', '{}')", row.name, row.pg)).collect();
    let functions = functions();
    let table = functions.iter().find(|function| function.name == "fn_argument_types").expect("the table in SQL");
    assert!(
        table.text.contains(&format!("  values\n{}\n$$;", rows.join(",\n"))),
        "it should have\n{}",
        rows.join(",\n")
    );
    for (at, row) in TYPES.iter().enumerate() {
        assert_eq!(row.kind as usize, at, "{} is in its place", row.name);
    }
    let schema = dot::catalog::schema::command_file().expect("the schema");
    let names: BTreeSet<&str> = TYPES.iter().map(|row| row.name).collect();
    let known = schema.pointer("/properties/args/items/properties/type/enum").and_then(|names| names.as_array());
    let known: BTreeSet<&str> = known.expect("the types").iter().filter_map(|name| name.as_str()).collect();
    assert_eq!(known, names);
}
