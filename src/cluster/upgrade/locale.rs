//! How the old cluster compares and orders text, for the new one to do the same.

use serde_json::Value;
use sqlx::Connection;

use super::session::{connect, unreachable};
use crate::cluster::initdb::Locale;
use crate::cluster::whereabouts::Cluster;
use crate::failure::{Failure, Result};

/// That of `template0`, which nobody changes. Providers have come with 15 and 17; before there was libc alone.
pub async fn of(cluster: &Cluster) -> Result<Locale> {
    let mut connection = connect(cluster, "postgres").await?;
    let sql = "select (to_jsonb(d) || jsonb_build_object('encoding', pg_encoding_to_char(encoding)))::text
                 from pg_database d where datname = 'template0'";
    let row: String = sqlx::query_scalar(sql).fetch_one(&mut connection).await.map_err(unreachable)?;
    let _ = connection.close().await;
    let row: Value = serde_json::from_str(&row).map_err(|cause| Failure::unexpected(cause.to_string()))?;
    let text = |key: &str| row[key].as_str().unwrap_or_default().to_owned();
    let provider = match text("datlocprovider").as_str() {
        "i" => "icu",
        "b" => "builtin",
        _ => "libc",
    };
    let name = [text("datlocale"), text("daticulocale")].into_iter().find(|name| !name.is_empty());
    Ok(Locale {
        encoding: text("encoding"),
        collate: text("datcollate"),
        ctype: text("datctype"),
        name: name.filter(|_| provider != "libc"),
        provider,
    })
}
