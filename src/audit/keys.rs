//! The key files: `x.key` signs, `x.pub` verifies, `x.checkpoint` is the last thing that was signed.

use std::fs::{self, OpenOptions};
use std::io::Write;
use std::os::unix::fs::{OpenOptionsExt, PermissionsExt};
use std::path::{Path, PathBuf};

use base64::prelude::{BASE64_STANDARD, Engine};
use rand_core::OsRng;
use signed_note::{Signer, StandardSigner, StandardVerifier, generate_key, is_key_name_valid};
use sqlx::postgres::PgConnection;
use ssh_key::private::Ed25519Keypair;
use uuid::Uuid;

use crate::database::{Session, text_scalar};
use crate::failure::{At, Failure, Kind, Result};
use crate::settings::file;

/// Where the private key is: as named, else `DOT_AUDIT_KEY`, else in the settings folder `audit/<context>.key`, or without a
/// context `audit/<database>-<system identifier>.key`: a key speaks for the log of one database.
pub async fn place(session: &mut Session, named: Option<&str>, context: Option<&str>) -> Result<PathBuf> {
    if let Some(named) = named {
        return Ok(PathBuf::from(named));
    }
    if let Some(path) = std::env::var_os("DOT_AUDIT_KEY").filter(|path| !path.is_empty()) {
        return Ok(PathBuf::from(path));
    }
    if let Some(context) = context {
        return in_settings(context);
    }
    let connection = session.connection().await.map_err(|failure| {
        failure.hint("Without a context the key is that of the database. Or name it: --key FILE, or DOT_AUDIT_KEY")
    })?;
    own_place(connection).await
}

/// The key of the database itself, where there is no context.
pub async fn own_place(connection: &mut PgConnection) -> Result<PathBuf> {
    let sql = "select format('%s-%s', current_database(), system_identifier) from pg_control_system()";
    let name = text_scalar(connection, sql, &[]).await?.unwrap_or_default();
    in_settings(&name.replace(|c: char| !c.is_ascii_alphanumeric() && !"._-".contains(c), "_"))
}

fn in_settings(name: &str) -> Result<PathBuf> {
    let folder = file::user_path().and_then(|path| path.parent().map(Path::to_owned)).ok_or_else(|| {
        Failure::new(Kind::NotFound, "there is no settings folder for the key")
            .hint("Name it: --key FILE or DOT_AUDIT_KEY")
    })?;
    Ok(folder.join("audit").join(format!("{name}.key")))
}

/// The public key beside a private one.
pub fn public_place(key: &Path) -> PathBuf {
    key.with_extension("pub")
}

/// The last checkpoint that a key signed, kept beside it: the first witness outside the database.
pub fn checkpoint_place(key: &Path) -> PathBuf {
    key.with_extension("checkpoint")
}

/// A new pair of key files. Gives the public key.
pub fn generate(place: &Path, name: Option<&str>) -> Result<String> {
    let name = match name {
        Some(name) if is_key_name_valid(name) && !name.chars().any(char::is_control) => name.to_owned(),
        Some(name) => {
            return Err(Failure::usage(format!("`{name}` cannot be an origin"))
                .hint("A name such as example.org/ops/audit, without spaces and plus signs."));
        }
        // Unique, so that no two logs are taken for one.
        None => {
            let host = rustix::system::uname().nodename().to_string_lossy().replace(['+', ' '], "-");
            format!("{host}/dot-audit/{}", &Uuid::new_v4().simple().to_string()[..8])
        }
    };
    let public = public_place(place);
    for path in [place, &public, &checkpoint_place(place)] {
        if path.exists() {
            return Err(Failure::new(Kind::Refused, format!("{} exists already", path.display())).hint(
                "A key is never overwritten. Name another file, or move all three away: .key, .pub, .checkpoint",
            ));
        }
    }
    if let Some(folder) = place.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        fs::create_dir_all(folder).at(|| format!("cannot make {}", folder.display()))?;
    }
    let (private_key, public_key) = generate_key(&mut OsRng, &name);
    create(place, &private_key, 0o600)?;
    create(&public, &public_key, 0o644)?;
    Ok(public_key)
}

fn create(path: &Path, line: &str, mode: u32) -> Result<()> {
    let place = || format!("cannot write {}", path.display());
    let mut file = OpenOptions::new().write(true).create_new(true).mode(mode).open(path).at(place)?;
    file.write_all(format!("{line}\n").as_bytes()).and_then(|()| file.sync_all()).at(place)
}

/// What to do where there is no key.
fn missing(path: &Path) -> String {
    let former = path.with_file_name("default.key");
    if former.exists() {
        return format!(
            "Keys have the names of their databases now. If {} signs this log, move it, its .pub and its .checkpoint here.",
            former.display()
        );
    }
    "Make one with: dot audit keygen, or name it: --key FILE or DOT_AUDIT_KEY".to_owned()
}

/// The private key, which nobody but its owner may be able to read, and the line that verifies what it signs.
pub fn signer(path: &Path) -> Result<(StandardSigner, String)> {
    let text = fs::read_to_string(path)
        .at(|| format!("cannot read the key {}", path.display()))
        .map_err(|failure| failure.hint(missing(path)))?;
    let mode = fs::metadata(path).at(|| format!("cannot read the key {}", path.display()))?.permissions().mode();
    if mode & 0o077 != 0 {
        return Err(Failure::new(Kind::Refused, format!("others may read the private key {}", path.display()))
            .hint(format!("chmod 600 {}", path.display())));
    }
    let broken = |cause: &str| {
        Failure::new(Kind::Invalid, format!("{} is not a private key: {cause}", path.display()))
            .hint("It starts with PRIVATE+KEY+; the public one is beside it.")
    };
    let key = StandardSigner::new(text.trim_end()).map_err(|cause| broken(&cause.to_string()))?;
    let public = public_of(&key, text.trim_end()).ok_or_else(|| broken("it is of another kind"))?;
    Ok((key, public))
}

/// The public line of a private one, PRIVATE+KEY+name+id+key: it need not lie beside it.
fn public_of(key: &StandardSigner, private: &str) -> Option<String> {
    let bytes = BASE64_STANDARD.decode(private.splitn(5, '+').nth(4)?).ok()?;
    let (kind, seed) = bytes.split_first()?;
    let public = Ed25519Keypair::from_seed(seed.try_into().ok()?).public;
    let bytes = [&[*kind], &public.0[..]].concat();
    Some(format!("{}+{:08x}+{}", key.name(), key.key_id(), BASE64_STANDARD.encode(bytes)))
}

/// The public key that `named` is, or that the file of this name holds.
pub fn verifier(named: &str) -> Result<StandardVerifier> {
    let text = match StandardVerifier::new(named) {
        Ok(key) => return Ok(key),
        Err(_) => fs::read_to_string(named).at(|| format!("cannot read the public key {named}"))?,
    };
    StandardVerifier::new(text.trim_end()).map_err(|cause| {
        Failure::new(Kind::Invalid, format!("{named} is not a public key: {cause}"))
            .hint("It is one line, name+id+key, in the file with the ending .pub that dot audit keygen wrote.")
    })
}

/// Replaces a checkpoint file, whole or not at all.
pub fn keep_checkpoint(path: &Path, note: &str) -> Result<()> {
    let place = || format!("cannot write {}", path.display());
    let mut fresh = path.as_os_str().to_owned();
    fresh.push(format!(".{}.new", std::process::id()));
    let fresh = PathBuf::from(fresh);
    let mut file = OpenOptions::new().write(true).create(true).truncate(true).mode(0o644).open(&fresh).at(place)?;
    file.write_all(note.as_bytes()).and_then(|()| file.sync_all()).at(place)?;
    fs::rename(&fresh, path).at(place)
}

/// A checkpoint file; none where there is no such file.
pub fn kept_checkpoint(path: &Path) -> Result<Option<String>> {
    match fs::read_to_string(path) {
        Ok(note) => Ok(Some(note)),
        Err(cause) if cause.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(cause) => Err(cause).at(|| format!("cannot read the checkpoint {}", path.display())),
    }
}

#[cfg(test)]
mod tests {
    use super::{OsRng, StandardSigner, generate_key, public_of};

    #[test]
    fn a_private_key_tells_its_public_one() {
        let (private, public) = generate_key(&mut OsRng, "example.org/log");
        let key = StandardSigner::new(&private).expect("a key");
        assert_eq!(public_of(&key, &private), Some(public));
    }
}
