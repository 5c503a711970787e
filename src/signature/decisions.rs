//! The decisions of a database: what the database can tell of their signatures, and what only we can.

use serde_json::{Value, json};
use sqlx::postgres::PgConnection;

use super::signers::Signers;
use super::statement::{self, Statement};
use super::verify;
use crate::database::query::json_rows_with;
use crate::failure::{Failure, Kind, Result};

/// What `fn_review_unsigned` says last, of one whose text is right in everything else.
const ELSEWHERE: &str = "it was signed for another database";

/// How many are fetched at once.
const PAGE: usize = 1000;

/// One decision, signed or not, as `fn_review_signatures` gives it.
#[derive(Clone, Debug)]
pub struct Decision(Value);

impl Decision {
    pub fn text(&self, name: &str) -> &str {
        self.0[name].as_str().unwrap_or_default()
    }

    pub fn is_signed(&self) -> bool {
        self.0["signed"] == true
    }

    /// Whether the proposal would be applied on it now.
    fn counts(&self) -> bool {
        self.0["counts"] == true
    }

    /// Why it does not count as signed; nothing where it does, and where nobody says that it is.
    pub fn problem(&self) -> Option<String> {
        self.told().map(str::to_owned).or_else(|| self.found())
    }

    /// [`Decision::problem`], where it is told apart which databases it may have been signed for.
    pub fn problem_but_for_its_database(&self) -> Option<String> {
        self.told().filter(|problem| *problem != ELSEWHERE).map(str::to_owned).or_else(|| self.found())
    }

    /// What the database says is wrong with it.
    fn told(&self) -> Option<&str> {
        self.0["problem"].as_str().filter(|_| self.is_signed())
    }

    /// What only we can find.
    fn found(&self) -> Option<String> {
        if !self.is_signed() {
            return None;
        }
        let text = self.text("statement");
        // What the database compares as well; but a superuser may have had a hand in that.
        let expected = ["proposal", "verdict", "reviewer"].map(|name| (name, self.text(name).to_owned()));
        match Statement::parse(text) {
            Some(said) if said.differences(&expected).is_empty() => {}
            _ => return Some("what was signed is not this decision".to_owned()),
        }
        verify::problem(text, self.text("signature"), self.text("public_key"))
    }
}

/// Those on one proposal, or all signed ones, after the one of this number.
async fn page(connection: &mut PgConnection, proposal: Option<&str>, after: u64) -> Result<Vec<Decision>> {
    let sql = "select to_json(s)::text from dot.fn_review_signatures($1::text::uuid, $2::text::bigint, $3::text::int) s order by s.no";
    let parameters = [proposal.map(str::to_owned), Some(after.to_string()), Some(PAGE.to_string())];
    Ok(json_rows_with(connection, sql, &parameters).await?.into_iter().map(Decision).collect())
}

/// Calls `each` with every decision on one proposal, or with every signed one.
pub async fn all(connection: &mut PgConnection, proposal: Option<&str>, mut each: impl FnMut(Decision)) -> Result<()> {
    let mut after = 0;
    loop {
        let decisions = page(connection, proposal, after).await?;
        let is_last = decisions.len() < PAGE;
        after = decisions.last().and_then(|last| last.0["no"].as_u64()).unwrap_or(after);
        decisions.into_iter().for_each(&mut each);
        if is_last {
            return Ok(());
        }
    }
}

/// Refuses a proposal that would be applied on a signature that does not hold. The database verifies one when a decision is
/// given; whoever applies it verifies what may have been put in since.
pub async fn require(connection: &mut PgConnection, proposal: &str) -> Result<()> {
    let mut bad = Vec::new();
    all(connection, Some(proposal), |decision| {
        if let Some(problem) = decision.problem().filter(|_| decision.counts()) {
            bad.push(json!({ "decision": decision.text("decision"), "reviewer": decision.text("reviewer"), "problem": problem }));
        }
    })
    .await?;
    let Some(first) = bad.first() else { return Ok(()) };
    let said = |name: &str| first[name].as_str().unwrap_or_default();
    Err(Failure::new(
        Kind::Refused,
        format!("decision {} of {} does not count as signed: {}", said("decision"), said("reviewer"), said("problem")),
    )
    .hint("Do not apply it. Ask the reviewer, and look who wrote it: dot audit verify")
    .detail(json!({ "refused": true, "reason": "signature_invalid", "proposal": proposal, "decisions": bad })))
}

/// What all signed decisions are held against beside themselves.
pub struct Held<'a> {
    /// Databases as whose they may be signed, each `SYSTEM_IDENTIFIER/NAME`, this one first.
    pub databases: &'a [String],
    pub signers: Option<&'a Signers>,
}

impl Held<'_> {
    /// Why a decision whose signature holds is none of this database, or not by a key that is known elsewhere.
    pub fn problem(&self, text: &str, reviewer: &str, public_key: &str) -> Option<String> {
        let said = Statement::parse(text)?;
        let database = said.database();
        if !self.databases.is_empty() && !self.databases.contains(&database) {
            return Some(format!(
                "it was signed for database {database}; if this one was restored from there: --restored-from {database}"
            ));
        }
        let is_known = |signers: &Signers| signers.allow(reviewer, public_key, said.part("time"));
        self.signers
            .is_some_and(|signers| !is_known(signers))
            .then(|| format!("its key is none of {reviewer} by --signers"))
    }
}

/// This database, as a statement names it.
pub async fn database(connection: &mut PgConnection) -> Result<String> {
    let said = json_rows_with(connection, "select dot.fn_command_database()::text", &[]).await?;
    Ok(statement::database(&said.into_iter().next().unwrap_or_default()))
}
