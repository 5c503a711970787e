//! squawk's rules, and the ones that do not apply here.

use squawk_linter::{Linter, LinterSettings, Rule, Version};
use squawk_syntax::SourceFile;

use super::{Finding, Level};
use crate::migrate::statements::Lines;

/// The oldest server that the platform supports.
const SERVER: &str = "14.0";

/// Rules that are left out, each because its reason does not hold here.
const EXCLUDED: &[Rule] = &[
    // `migrate apply` sets both for every file, from --lock-timeout and --timeout, and tries again.
    Rule::RequireLockTimeout,
    Rule::RequireStatementTimeout,
    // They fear that keys run out. Keys are uuid or bigint identity; int and smallint hold what is bounded by one row:
    // attempts, positions, depths, exit codes.
    Rule::PreferBigintOverInt,
    Rule::PreferBigintOverSmallint,
];

/// Rules whose findings lose data, or break the programs that run while the migration does and after it.
const ERRORS: &[Rule] = &[
    Rule::AddingNotNullableField,
    Rule::AddingRequiredField,
    Rule::BanDropColumn,
    Rule::BanDropDatabase,
    Rule::BanDropTable,
    Rule::BanTruncateCascade,
    Rule::ChangingColumnType,
    Rule::RenamingColumn,
    Rule::RenamingTable,
];

/// squawk's findings in an up file.
pub fn squawk(file: &str, sql: &str) -> Vec<Finding> {
    let parsed = SourceFile::parse(sql);
    let lines = Lines::new(sql);
    let mut findings: Vec<Finding> = parsed
        .errors()
        .iter()
        .map(|error| Finding {
            file: file.to_owned(),
            line: lines.of(usize::from(error.range().start())),
            rule: "syntax".to_owned(),
            // The server may know what the parser does not.
            level: Level::Warning,
            message: error.message().to_owned(),
            help: None,
        })
        .collect();
    let settings =
        LinterSettings { pg_version: SERVER.parse::<Version>().unwrap_or_default(), assume_in_transaction: true };
    let mut linter = Linter::with_rules(&[], EXCLUDED);
    linter.settings = settings;
    findings.extend(linter.lint(&parsed, sql).into_iter().map(|violation| Finding {
        file: file.to_owned(),
        line: lines.of(usize::from(violation.text_range.start())),
        rule: violation.code.to_string(),
        level: if ERRORS.contains(&violation.code) { Level::Error } else { Level::Warning },
        message: violation.message,
        help: violation.help,
    }));
    findings
}
