//! The commands that decide on a proposal: they show it and ask for what the decision still lacks, where a person can
//! answer, and sign it where that is asked for. Elsewhere the database says what is missing.

use dialoguer::{Input, Select};
use serde_json::{Value, json};
use ssh_key::SshSig;

use crate::database::{Session, query, query::json_rows_with};
use crate::decimal;
use crate::failure::{Failure, Kind, Result};
use crate::pipeline::cancel::answered;
use crate::pipeline::hooks::{Builtin, Work};
use crate::pipeline::{Invocation, Program, begin, read};
use crate::render::{output, proposal};
use crate::signature::sign::{self, Registered};
use crate::signature::statement::{Statement, digest};
use crate::signature::verify;
use crate::terminal;

const VERDICTS: [&str; 3] = ["approved", "needs_revision", "rejected"];

pub struct Decide;

impl Builtin for Decide {
    fn name(&self) -> &'static str {
        "proposal.decide"
    }

    fn ask<'a>(&self, session: &'a mut Session, _: &'a Program, invocation: &'a mut Invocation) -> Work<'a, ()> {
        Box::pin(async move {
            ask(session, invocation).await?;
            signed(session, invocation).await
        })
    }
}

async fn ask(session: &mut Session, invocation: &mut Invocation) -> Result<()> {
    if invocation.args.contains_key("rationale") || !terminal::may_prompt(&invocation.options) {
        return Ok(());
    }
    let color = terminal::color_stderr(&session.settings.color.value);
    let connection = session.connection().await?;
    begin::require_platform(connection).await?;
    let sql = "select dot.fn_proposal_show($1::text::uuid)::text";
    let id = invocation.text("proposal").map(str::to_owned);
    let shown = json_rows_with(connection, sql, &[id]).await?.pop().unwrap_or_default();
    output::stderr(&proposal::show(&shown, color));
    let chooses = invocation.command.spec.args.iter().any(|arg| arg.name == "verdict" && arg.is_given());
    if chooses && !invocation.args.contains_key("verdict") {
        let verdict = answered(Select::new().with_prompt("Verdict").items(VERDICTS).default(0).interact())?;
        invocation.args.insert("verdict".to_owned(), json!(VERDICTS[verdict]));
    }
    let why = answered(Input::<String>::new().with_prompt("Why").interact_text())?;
    invocation.args.insert("rationale".to_owned(), json!(why));
    Ok(())
}

/// Puts the signed text and its signature among the arguments, verified here: the database cannot.
async fn signed(session: &mut Session, invocation: &mut Invocation) -> Result<()> {
    let signs = invocation.args.remove("sign") == Some(Value::Bool(true));
    let named = invocation.args.remove("sign-key");
    let brought = ["statement", "signature"].map(|name| invocation.text(name).map(str::to_owned));
    if !signs && named.is_none() && brought.iter().all(Option::is_none) {
        return Ok(());
    }
    if brought.iter().any(Option::is_some) && (signs || named.is_some()) {
        return Err(Failure::usage(
            "--sign makes the signature; --statement and --signature bring one that was made elsewhere",
        ));
    }
    let asked = said(session, invocation).await?;
    let keys = asked["keys"].as_array().map_or(&[][..], Vec::as_slice);
    let reviewer = asked["reviewer"].as_str().unwrap_or_default();
    if asked["reviewer_kind"] != "human" {
        let kind = asked["reviewer_kind"].as_str().unwrap_or_default();
        return Err(Failure::new(Kind::Permission, format!("only people sign, and {reviewer} is of kind {kind}"))
            .hint("Hand the proposal to a person, who signs at a login of their own.")
            .detail(json!({ "refused": true, "reason": "not_a_person" })));
    }
    let [text, signature] = match brought {
        // Lines as ssh-keygen writes them: as it is given it is kept.
        [Some(text), Some(signature)] => [text, signature.replace("\r\n", "\n")],
        [None, None] => {
            let text = asked["statement"].as_str().unwrap_or_default().to_owned();
            is_what_was_asked_for(&text, &asked, invocation)?;
            let named = named.as_ref().and_then(Value::as_str);
            let may_ask = terminal::may_prompt(&invocation.options);
            let signature = sign::sign(&text, &Registered { reviewer, keys }, named, may_ask)?;
            [text, signature]
        }
        _ => return Err(Failure::usage("--statement and --signature go together")),
    };
    // Whether the key is registered for them the database says.
    let by = SshSig::from_pem(signature.trim_end()).ok().map(|signature| signature.public_key().clone());
    let public_key = by.map(ssh_key::PublicKey::from).and_then(|public| public.to_openssh().ok()).unwrap_or_default();
    if let Some(problem) = verify::problem(&text, &signature, &public_key) {
        return Err(Failure::new(Kind::Invalid, format!("this signature does not hold: {problem}")).hint(
            "dot proposal statement gives the text; ssh-keygen -Y sign -n dot-approval signs it, byte for byte.",
        ));
    }
    invocation.args.insert("statement".to_owned(), json!(text));
    invocation.args.insert("signature".to_owned(), json!(signature));
    Ok(())
}

/// What is to be signed, and by which keys it may be.
async fn said(session: &mut Session, invocation: &Invocation) -> Result<Value> {
    session.connection().await?;
    let locals = session.locals();
    let connection = session.connection().await?;
    begin::require_platform(connection).await?;
    query::execute(connection, &format!("begin read only; {locals}")).await?;
    let sql = "select dot.fn_proposal_statement($1::text::uuid, $2, $3, $4::text::jsonb)::text";
    let text = |name: &str| invocation.text(name).map(str::to_owned);
    let evidence = invocation.args.get("evidence").map(Value::to_string);
    let parameters = [text("proposal"), text("verdict"), text("rationale"), evidence];
    let asked = match read::admit(connection, invocation).await {
        Ok(()) => json_rows_with(connection, sql, &parameters).await,
        Err(failure) => Err(failure),
    };
    query::execute(connection, "rollback").await?;
    Ok(asked?.pop().unwrap_or_default())
}

/// Nobody signs a text because a database says so: what can be known here is compared with what was asked for.
fn is_what_was_asked_for(text: &str, asked: &Value, invocation: &Invocation) -> Result<()> {
    let mut expected: Vec<(&str, String)> = ["proposal", "verdict"]
        .map(|name| (name, invocation.text(name).unwrap_or_default().to_owned()))
        .into_iter()
        .chain([("rationale", digest(invocation.text("rationale").unwrap_or_default()))])
        .collect();
    for name in ["payload", "evidence"] {
        if let Some(content) = asked[name].as_str() {
            expected.push((name, digest(content)));
        }
    }
    let differs = match Statement::parse(text) {
        Some(said) => said.differences(&expected),
        None => vec!["format"],
    };
    let evidence = asked["evidence"].as_str().and_then(|evidence| serde_json::from_str::<Value>(evidence).ok());
    let is_same = match (&evidence, invocation.args.get("evidence")) {
        (Some(evidence), Some(given)) => same(evidence, given),
        (None | Some(Value::Null), None) => true,
        _ => false,
    };
    if differs.is_empty() && is_same {
        return Ok(());
    }
    Err(Failure::new(Kind::Mismatch, "the database asks for a signature over something else than this decision")
        .hint("Nothing was signed. Look into the database: dot audit verify")
        .detail(json!({ "differs": differs })))
}

/// Whether two values are the same, however their numbers are written.
fn same(one: &Value, other: &Value) -> bool {
    match (one, other) {
        (Value::Number(one), Value::Number(other)) => decimal::same(one.as_str(), other.as_str()),
        (Value::Array(one), Value::Array(other)) => {
            one.len() == other.len() && one.iter().zip(other).all(|(one, other)| same(one, other))
        }
        (Value::Object(one), Value::Object(other)) => {
            one.len() == other.len()
                && one.iter().all(|(name, one)| other.get(name).is_some_and(|other| same(one, other)))
        }
        _ => one == other,
    }
}
