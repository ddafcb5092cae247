//! Points in space: neighbour searches.

pub mod kdtree;

pub use kdtree::{KdTree, KdTreeOptions, Neighbors, QueryOptions};
