//! RFC 6962 Merkle trees from a stream of leaf hashes, in the memory of a few dozen of them.

use std::ops::Range;

use sha2::{Digest, Sha256};
use tlog_tiles::{HASH_SIZE, Hash, node_hash};

/// The roots of the perfect subtrees that the leaves so far make up, largest first.
#[derive(Clone, Debug, Default)]
pub struct Frontier {
    size: u64,
    nodes: Vec<Hash>,
}

impl Frontier {
    /// A frontier as the database keeps it; none where the bytes cannot be one of this size.
    pub fn from_bytes(size: u64, bytes: &[u8]) -> Option<Frontier> {
        let nodes: Vec<Hash> = hashes(bytes).collect();
        let fits = bytes.len().is_multiple_of(HASH_SIZE) && nodes.len() == size.count_ones() as usize;
        fits.then_some(Frontier { size, nodes })
    }

    /// The number of leaves.
    pub const fn size(&self) -> u64 {
        self.size
    }

    pub fn push(&mut self, leaf: Hash) {
        let mut node = leaf;
        // Each trailing one of the size is a perfect subtree that the new leaf completes to the next larger one.
        for _ in 0..self.size.trailing_ones() {
            if let Some(left) = self.nodes.pop() {
                node = node_hash(left, node);
            }
        }
        self.nodes.push(node);
        self.size += 1;
    }

    pub fn root(&self) -> Hash {
        let joined = self.nodes.iter().rev().copied().reduce(|right, left| node_hash(left, right));
        joined.unwrap_or_else(|| Hash(Sha256::digest(b"").into()))
    }
}

/// Consecutive hashes, as the database sends them.
pub fn hashes(bytes: &[u8]) -> impl Iterator<Item = Hash> {
    bytes.as_chunks::<HASH_SIZE>().0.iter().copied().map(Hash)
}

/// The audit path of one leaf, gathered while all leaves of the tree stream by in order.
#[derive(Clone, Debug)]
pub struct Path {
    at: u64,
    /// The subtrees beside the way from the root to the leaf, largest first, with what has been seen of each.
    beside: Vec<(Range<u64>, Frontier)>,
}

impl Path {
    /// For leaf `index` of a tree of `size` leaves; none where it has no such leaf.
    pub fn new(index: u64, size: u64) -> Option<Path> {
        let (mut low, mut high) = (0, size);
        let mut beside = Vec::new();
        while high - low > 1 {
            let middle = low + (high - low).next_power_of_two() / 2;
            let other = if index < middle { middle..high } else { low..middle };
            (low, high) = if index < middle { (low, middle) } else { (middle, high) };
            beside.push((other, Frontier::default()));
        }
        (index < size).then_some(Path { at: 0, beside })
    }

    pub fn push(&mut self, leaf: Hash) {
        if let Some((_, subtree)) = self.beside.iter_mut().find(|(range, _)| range.contains(&self.at)) {
            subtree.push(leaf);
        }
        self.at += 1;
    }

    /// The path from the leaf's sibling up.
    pub fn hashes(&self) -> Vec<Hash> {
        self.beside.iter().rev().map(|(_, subtree)| subtree.root()).collect()
    }
}
