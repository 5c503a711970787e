//! The tests' own databases: nobody gets another's, a failed test keeps its own, and what nobody owns is swept.

use std::fs::File;
use std::sync::Mutex;
use std::time::{Duration, SystemTime};

use crate::common::{Db, place, sweep};

fn there(db: &Db, name: &str) -> bool {
    db.one(&format!("select exists (select 1 from pg_database where datname = '{name}')")) == "true"
}

#[test]
fn many_at_once_get_one_each() {
    std::thread::scope(|scope| {
        for _ in 0..6 {
            scope.spawn(|| {
                let db = Db::new();
                db.sql("create table public.mine ()");
                assert_eq!(db.one("select current_database()"), db.name);
            });
        }
    });
}

#[test]
fn a_failed_test_keeps_its_database() {
    let name = Mutex::new(String::new());
    let failed = std::panic::catch_unwind(|| {
        let db = Db::new();
        name.lock().expect("the name").clone_from(&db.name);
        panic!("as a failed test does");
    });
    assert!(failed.is_err());
    let name = name.into_inner().expect("the name");
    let mark = place::state_dir().join("kept").join(&name);
    assert!(there(&Db::empty(), &name) && mark.exists());
    std::fs::remove_file(mark).expect("the mark is taken away");
}

#[test]
fn what_belongs_to_no_run_is_swept() {
    let db = Db::new();
    let (killed, kept) = (format!("t_{}_1", &db.name[2..9]), format!("t_{}_2", &db.name[2..9]));
    let former = format!("spare_template_{}_1", "0".repeat(24));
    let mark = place::state_dir().join("kept").join(&kept);
    std::fs::create_dir_all(mark.parent().expect("a folder")).expect("the folder of marks");
    let mark = File::create(mark).expect("a mark");
    for name in [&killed, &kept, &former] {
        db.sql(&format!("create database {name} template template0"));
    }
    db.sql(&format!("create role someone_{killed}"));
    sweep::now();
    assert_eq!([&killed, &kept, &former, &db.name].map(|name| there(&db, name)), [false, true, false, true]);
    assert_eq!(db.one(&format!("select count(*) from pg_roles where rolname = 'someone_{killed}'")), "0");
    mark.set_modified(SystemTime::now() - Duration::from_secs(25 * 60 * 60)).expect("an old mark");
    sweep::now();
    assert!(!there(&db, &kept), "it is kept for a day");
}
