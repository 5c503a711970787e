//! The lists of this boundary name what there is: threats their tests, mutants their guards.

use std::fs;
use std::path::Path;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Whether `module::…::function` is a test of this suite.
fn is_a_test(name: &str) -> bool {
    let Some((module, function)) = name.rsplit_once("::") else { return false };
    let file = root().join("tests").join(format!("{}.rs", module.replace("::", "/")));
    fs::read_to_string(file).is_ok_and(|text| text.contains(&format!("#[test]\nfn {function}()")))
}

#[test]
fn every_threat_has_its_test() {
    let text = fs::read_to_string(root().join("docs/threats.md")).expect("the threats");
    let rows: Vec<&str> = text.lines().filter(|line| line.starts_with("| ") && !line.starts_with("| threat")).collect();
    assert!(rows.len() > 30, "{}", rows.len());
    for row in rows {
        let test = row.rsplit('`').nth(1).unwrap_or_else(|| panic!("no test: {row}"));
        assert!(is_a_test(test) || root().join("tests/sql").join(test).exists(), "no such test: {row}");
    }
}

#[test]
fn every_mutant_has_its_guard() {
    let text = fs::read_to_string(root().join("tests/boundary/mutants.txt")).expect("the mutants");
    for line in text.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
        let mut fields = line.split('|');
        let (file, guard) = (fields.next().expect("a file"), fields.next().expect("a guard"));
        let function = fs::read_to_string(root().join(format!("migrations/functions/{file}.sql"))).expect("a function");
        assert!(function.contains(guard), "{file} has no such guard: {guard}");
    }
}
