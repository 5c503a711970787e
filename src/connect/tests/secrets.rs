//! Certificates, password files, and what is shown of a connection.

use std::fs::{self, Permissions};
use std::os::unix::fs::PermissionsExt;

use super::around;
use crate::connect::{Plan, Said, Surroundings, passfile, redacted};

/// Which encryption is tried, in order.
fn modes(string: &str, around: &Surroundings) -> String {
    match Plan::of(Some(string), around) {
        Ok(plan) => {
            let modes = plan.servers[0].tries.iter().map(|options| format!("{:?}", options.get_ssl_mode()));
            modes.collect::<Vec<_>>().join(" ")
        }
        Err(failure) => format!("{} / {}", failure.message, failure.hint.unwrap_or_default()),
    }
}

/// The frame of a certificate, which without a version is of the first.
const VERSION_1: &str = "MAA=";

fn pem_of(base64: &str) -> String {
    format!("-----BEGIN CERTIFICATE-----\n{base64}\n-----END CERTIFICATE-----\n")
}

#[test]
fn encryption_is_as_much_as_is_asked_for() {
    let (mut around, home) = around(&[]);
    for (string, wanted) in [
        ("host=h", "Prefer Disable"),
        ("host=h sslmode=disable", "Disable"),
        ("host=h sslmode=allow", "Disable Require"),
        ("host=h sslmode=require", "Require"),
        ("postgres://h/d?ssl=true", "Require"),
        ("host=h requiressl=1", "Require"),
        ("postgres://h/d?sslmode=disable&ssl=true", "Require"),
        ("postgres://h/d?ssl=true&sslmode=disable", "Disable"),
        ("host=h sslmode=require requiressl=0", "Prefer Disable"),
        ("host=/run/pg sslmode=verify-full", "Disable"),
    ] {
        assert_eq!(modes(string, &around), wanted, "{string}");
    }
    // What demands it counts in its place: a string before a service, and that before the variables.
    fs::write(home.path().join(".pg_service.conf"), "[clear]\nsslmode=disable\n[old]\nrequiressl=1\n").expect("a file");
    for (string, variable, value, wanted) in [
        ("postgres://h/d?ssl=true", "PGSSLMODE", "disable", "Require"),
        ("host=h requiressl=1", "PGSSLMODE", "disable", "Require"),
        ("postgres://h/d?service=clear&ssl=true", "PGSSLMODE", "disable", "Require"),
        ("host=h service=old", "PGSSLMODE", "disable", "Require"),
        ("host=h", "PGREQUIRESSL", "1", "Require"),
        ("host=h", "PGREQUIRESSL", "0", "Prefer Disable"),
        ("host=h sslmode=disable", "PGREQUIRESSL", "1", "Disable"),
    ] {
        around.variables.insert(variable.to_owned(), value.to_owned());
        assert_eq!(modes(string, &around), wanted, "{variable}={value} {string}");
        around.variables.clear();
    }
    around.variables.insert("PGREQUIRESSL".to_owned(), "1".to_owned());
    around.variables.insert("PGSSLMODE".to_owned(), "disable".to_owned());
    assert_eq!(modes("host=h", &around), "Disable", "the newer word comes first");
    around.variables.clear();
    for (string, says) in [
        ("host=h ssl=true", "Did you mean sslmode?"),
        ("host=h sslmode=verify-ca", "no file ~/.postgresql/root.crt"),
        ("host=h sslmode=verify-full", "no file ~/.postgresql/root.crt"),
        ("host=h sslmode=require sslrootcert=/nowhere", "cannot read sslrootcert /nowhere"),
        ("host=h sslmode=require sslrootcert=system", "every certificate that anybody has"),
        ("host=h sslmode=prefer sslrootcert=system", "every certificate that anybody has"),
    ] {
        let said = modes(string, &around);
        assert!(said.contains(says), "{string}: {said}");
    }
    let own = home.path().join(".postgresql");
    fs::create_dir(&own).expect("a folder");
    let key = rcgen::KeyPair::generate().expect("a key");
    let root =
        rcgen::CertificateParams::new(vec!["ca".to_owned()]).expect("parameters").self_signed(&key).expect("one");
    fs::write(own.join("root.crt"), root.pem()).expect("a file");
    for (string, wanted) in [
        ("host=h sslmode=require", "VerifyCa"),
        ("host=h sslmode=verify-ca", "VerifyCa"),
        ("host=h sslmode=verify-full", "VerifyFull"),
        ("host=h", "VerifyCa Disable"),
        ("host=h sslmode=allow", "Disable VerifyCa"),
    ] {
        assert_eq!(modes(string, &around), wanted, "{string}");
    }
    assert!(modes("host=h hostaddr=10.0.0.1 sslmode=verify-full", &around).contains("Leave hostaddr out"));
    assert_eq!(modes("host=h hostaddr=10.0.0.1 sslmode=verify-ca", &around), "VerifyCa");
    fs::write(own.join("root.crl"), "").expect("a file");
    assert!(modes("host=h sslmode=verify-full", &around).contains("which certificates are revoked"));
    assert_eq!(modes("host=h sslmode=disable", &around), "Disable");
    fs::remove_file(own.join("root.crl")).expect("it goes");
    fs::write(own.join("root.crt"), "no certificate").expect("a file");
    assert!(modes("host=h sslmode=require", &around).contains("holds no certificates"));
    fs::write(own.join("root.crt"), root.pem()).expect("a file");

    // One's own certificate: the usual files, if they are there, and a key that nobody else may read.
    let pair = (own.join("postgresql.crt"), own.join("postgresql.key"));
    fs::write(&pair.0, root.pem()).expect("a file");
    assert!(modes("host=h", &around).contains("cannot read sslkey"));
    fs::write(&pair.1, key.serialize_pem()).expect("a file");
    fs::set_permissions(&pair.1, Permissions::from_mode(0o644)).expect("a mode");
    assert!(modes("host=h", &around).contains("others may read the private key"));
    assert_eq!(modes("host=h sslcertmode=disable", &around), "VerifyCa Disable");
    fs::set_permissions(&pair.1, Permissions::from_mode(0o600)).expect("a mode");
    assert_eq!(modes("host=h", &around), "VerifyCa Disable");
    fs::write(&pair.0, pem_of(VERSION_1)).expect("a file");
    assert!(modes("host=h", &around).contains("no X.509 certificate of version 3"));
    fs::write(&pair.0, root.pem()).expect("a file");
    fs::write(&pair.1, "-----BEGIN ENCRYPTED PRIVATE KEY-----").expect("a file");
    assert!(modes("host=h", &around).contains("is encrypted"));
    around.variables.insert("PGSSLCERT".to_owned(), String::new());
    assert!(modes("host=h sslcertmode=disable", &around).contains("PGSSLCERT is set"));
}

#[test]
fn a_password_file_is_read_by_its_owner_alone() {
    let (mut around, home) = around(&[]);
    let file = home.path().join(".pgpass");
    let put = |text: &str, mode: u32| {
        fs::write(&file, text).expect("a file");
        fs::set_permissions(&file, Permissions::from_mode(mode)).expect("a mode");
    };
    put(
        "# h:*:*:*:no\nx:5432:*:*:x\nh:5433:d:u:one\nh:*:d:u:t\\:wo:3\nh:1:e:u:\nh:1:e:u:later\n*:*:*:w\\:x:four\nlocalhost:*:*:u:five\n",
        0o600,
    );
    let password = |string: &str, around: &Surroundings| {
        let plan = Plan::of(Some(string), around).expect(string);
        (plan.servers[0].password.is_some(), plan.warnings)
    };
    let text = fs::read_to_string(&file).expect("it is read");
    let find = |wanted| passfile::look_up(&file, wanted).0;
    assert!(text.contains("four"));
    assert_eq!(find(["h", "5433", "d", "u"]).as_deref(), Some("one"));
    assert_eq!(find(["h", "5434", "d", "u"]).as_deref(), Some("t:wo"), "a colon ends it");
    assert_eq!(find(["h", "1", "e", "u"]), None, "the first line that fits has none");
    assert_eq!(find(["h", "5434", "e", "u"]), None);
    assert_eq!(find(["any", "1", "d", "w:x"]).as_deref(), Some("four"));
    assert_eq!(password("postgres://u@h:5433/d", &around), (true, vec![]));
    assert_eq!(password("postgres://u@%2Ftmp/d", &around), (true, vec![]), "a usual socket is localhost");
    assert_eq!(password("postgres://u@h/other", &around), (false, vec![]));
    // An empty password that is said is none, and the variable's is no other one.
    around.variables.insert("PGPASSWORD".to_owned(), "variable".to_owned());
    assert_eq!(password("user=u host=h dbname=other", &around), (true, vec![]));
    assert_eq!(password("user=u host=h dbname=other password=''", &around), (false, vec![]));
    assert_eq!(password("user=u host=h port=5433 dbname=d password=''", &around), (true, vec![]), "the file's");
    around.variables.remove("PGPASSWORD");
    put(&text, 0o640);
    let (found, warnings) = password("postgres://u@h,h/d", &around);
    assert!(!found && warnings.len() == 1 && warnings[0].contains("others may read it"), "{warnings:?}");
    around.variables.insert("PGPASSFILE".to_owned(), home.path().display().to_string());
    let (found, warnings) = password("postgres://u@h/d", &around);
    assert!(!found && warnings[0].contains("no plain file"), "{warnings:?}");
    around.variables.insert("PGPASSWORD".to_owned(), "x".to_owned());
    assert_eq!(password("postgres://u@h/d", &around), (true, vec![]));
}

#[test]
fn what_is_shown_holds_no_secret() {
    for (string, shown) in [
        ("postgres://u:p@h:1/d?sslmode=require&password=p", "postgres://u@h:1/d?sslmode=require"),
        ("postgres://h/d", "postgres://h/d"),
        ("host=h password=p dbname=d", "host=h dbname=d"),
        ("postgres://u:p@q@h/d", "a connection string that cannot be read"),
    ] {
        assert_eq!(redacted(string), shown);
    }
    assert!(Said::check("postgres://h/d?sslmode=nonsense").is_ok(), "values are checked where they are used");
    assert!(Said::check("postgres://h/d?channel_binding=require").is_err());
}
