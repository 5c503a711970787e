//! Merkle trees from a stream against their definition in RFC 6962, in the client and in the database.

use crate::common::{Db, wait};
use dot::audit::tree::{Frontier, Path};
use proptest::prelude::*;
use sha2::{Digest, Sha256};
use tlog_tiles::{Hash, check_record, node_hash, record_hash};

/// MTH of RFC 6962, word by word.
fn defined(leaves: &[Hash]) -> Hash {
    match leaves {
        [] => Hash(Sha256::digest(b"").into()),
        [leaf] => *leaf,
        _ => {
            let split = (1..).map(|n| 1 << n).take_while(|k| *k < leaves.len()).last().unwrap_or(1);
            node_hash(defined(&leaves[..split]), defined(&leaves[split..]))
        }
    }
}

fn leaves(n: usize, seed: u64) -> Vec<Hash> {
    (0..n).map(|i| record_hash(format!("{seed} {i}").as_bytes())).collect()
}

fn streamed(leaves: &[Hash]) -> Frontier {
    let mut frontier = Frontier::default();
    leaves.iter().for_each(|leaf| frontier.push(*leaf));
    frontier
}

proptest! {
    #[test]
    fn a_streamed_root_is_the_defined_one(n in 0_usize..600, seed: u64) {
        let leaves = leaves(n, seed);
        prop_assert_eq!(streamed(&leaves).root(), defined(&leaves));
    }

    #[test]
    fn a_path_proves_its_leaf_and_no_other(n in 1_usize..300, at: prop::sample::Index, other: prop::sample::Index, seed: u64) {
        let leaves = leaves(n, seed);
        let (index, other) = (at.index(n), other.index(n));
        let mut path = Path::new(index as u64, n as u64).expect("a leaf of the tree");
        leaves.iter().for_each(|leaf| path.push(*leaf));
        let (path, root) = (path.hashes(), defined(&leaves));
        prop_assert!(check_record(&path, n as u64, root, index as u64, leaves[index]).is_ok());
        if other != index {
            prop_assert!(check_record(&path, n as u64, root, index as u64, leaves[other]).is_err());
            prop_assert!(check_record(&path, n as u64, root, other as u64, leaves[index]).is_err());
        }
        prop_assert!(Path::new(n as u64, n as u64).is_none());
    }
}

/// The roots that Certificate Transparency's own tests expect over their eight inputs.
#[test]
fn known_answers() {
    let inputs: [&[u8]; 8] = [
        b"",
        b"\x00",
        b"\x10",
        b"\x20\x21",
        b"\x30\x31",
        b"\x40\x41\x42\x43",
        b"\x50\x51\x52\x53\x54\x55\x56\x57",
        b"\x60\x61\x62\x63\x64\x65\x66\x67\x68\x69\x6a\x6b\x6c\x6d\x6e\x6f",
    ];
    let leaves = inputs.map(record_hash);
    let root = |n: usize| dot::hex::hex(&streamed(&leaves[..n]).root().0);
    assert_eq!(root(0), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    assert_eq!(root(1), "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d");
    assert_eq!(root(8), "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328");
}

/// The database computes frontiers by level, the client leaf by leaf; from any size to any other they agree.
#[test]
fn the_database_agrees() {
    const SIZE: usize = 150;
    let db = Db::new();
    let leaves = leaves(SIZE, 7);
    let values: Vec<String> = leaves
        .iter()
        .enumerate()
        .map(|(n, leaf)| format!("({n}, 'run/1', gen_random_uuid(), '', '\\x{}')", dot::hex::hex(&leaf.0)))
        .collect();
    db.sql(&format!("insert into dot.audit_leaf values {}", values.join(", ")));
    let steps = [0, 1, 2, 3, 4, 7, 8, 9, 31, 32, 33, 63, 64, 65, 100, 127, 128, 129, SIZE];
    wait(async {
        let mut connection = db.connect().await;
        let mut frontiers: Vec<Vec<u8>> = Vec::new();
        for (n, to) in steps.iter().enumerate() {
            for (earlier, from) in steps[..n].iter().enumerate() {
                let extended: Vec<u8> = sqlx::query_scalar("select dot.fn_audit_frontier($1, $2, $3)")
                    .bind(&frontiers[earlier])
                    .bind(*from as i64)
                    .bind(*to as i64)
                    .fetch_one(&mut connection)
                    .await
                    .expect("a frontier");
                let root: Vec<u8> = sqlx::query_scalar("select dot.fn_audit_root($1)")
                    .bind(&extended)
                    .fetch_one(&mut connection)
                    .await
                    .expect("a root");
                let client = Frontier::from_bytes(*to as u64, &extended).expect("a frontier of this size");
                assert_eq!(client.root(), defined(&leaves[..*to]), "from {from} to {to}");
                assert_eq!(root, defined(&leaves[..*to]).0, "from {from} to {to}");
                if frontiers.len() == n {
                    frontiers.push(extended);
                }
            }
            if frontiers.len() == n {
                frontiers.push(Vec::new());
            }
        }
    });
}
