//! How a tree lies in memory.
//!
//! The tree is perfectly balanced: `leaves` is a power of two, node 1 is the root, and node `i` has the
//! children `2i` and `2i + 1`; the nodes from `leaves` on are the leaves. Points are stored in the order of
//! the leaves, in blocks of [`LANES`]: a block is one row of the points' coordinates per dimension and a
//! last row with their indices. Leaves begin and end with blocks, so that only the very last block of
//! the tree may have lanes without a point; these hold infinities.

use std::ops::Range;

/// Points in a block: the doubles of one cache line, and of the widest vector register.
pub(super) const LANES: usize = 8;

/// One number of each point of a block.
#[derive(Clone, Copy, Debug)]
#[repr(C, align(64))]
pub(super) struct Row(pub [f64; LANES]);

/// A node: where it is cut, and which points it holds.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Node {
    /// Points of the left child have coordinates <= split, those of the right one >= split.
    pub split: f64,
    /// The dimension that is cut.
    pub dim: u32,
    /// The lowest index of the node's points.
    pub lowest: u32,
}

/// How many points there are and how they are dealt out to leaves.
#[derive(Clone, Copy, Debug)]
pub(super) struct Shape {
    /// Number of points.
    pub n: usize,
    /// Number of dimensions.
    pub d: usize,
    /// Number of blocks.
    pub blocks: usize,
    /// log2 of the number of leaves.
    pub height: u32,
}

impl Shape {
    /// The shape of a tree of `n` points whose leaves hold `leafsize` points at most, rounded up to whole
    /// blocks.
    pub fn new(n: usize, d: usize, leafsize: usize) -> Self {
        let blocks = n.div_ceil(LANES);
        let per_leaf = leafsize.div_ceil(LANES).max(1);
        let wanted = blocks.div_ceil(per_leaf).max(1);
        // The least power of two that suffices, but no leaf may be empty.
        let height = (usize::BITS - (wanted - 1).leading_zeros()).min(blocks.max(1).ilog2());
        Shape { n, d, blocks, height }
    }

    /// Number of leaves; also the first leaf's node.
    #[inline(always)]
    pub fn leaves(&self) -> usize {
        1 << self.height
    }

    /// Rows of a block.
    #[inline(always)]
    pub fn block_rows(&self) -> usize {
        self.d + 1
    }

    /// The blocks of the nodes `first..=last` of the level that is `level` steps below the root, counted
    /// from 0 within the level.
    #[inline(always)]
    fn boundary(&self, level: u32, position: usize) -> usize {
        ((position as u128 * self.blocks as u128) >> level) as usize
    }

    /// The blocks of a leaf, counted from 0.
    #[inline(always)]
    pub fn leaf_blocks(&self, leaf: usize) -> Range<usize> {
        self.boundary(self.height, leaf)..self.boundary(self.height, leaf + 1)
    }

    /// The blocks of a node.
    pub fn node_blocks(&self, node: usize) -> Range<usize> {
        let level = node.ilog2();
        let position = node - (1 << level);
        self.boundary(level, position)..self.boundary(level, position + 1)
    }

    /// Number of points in a range of blocks.
    #[inline]
    pub fn points_in(&self, blocks: &Range<usize>) -> usize {
        (blocks.end * LANES).min(self.n) - (blocks.start * LANES).min(self.n)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn leaves_tile_the_blocks_and_none_is_empty() {
        for n in (0..400).chain([1000, 4097, 99_999]) {
            for leafsize in [1, 8, 9, 16, 32, 1000, usize::MAX - 7] {
                let s = Shape::new(n, 3, leafsize);
                let mut next = 0;
                for leaf in 0..s.leaves() {
                    let b = s.leaf_blocks(leaf);
                    assert_eq!(b.start, next);
                    assert!(n == 0 || !b.is_empty());
                    assert_eq!(s.node_blocks(s.leaves() + leaf), b);
                    next = b.end;
                }
                assert_eq!(next, n.div_ceil(LANES));
                assert_eq!(s.points_in(&s.node_blocks(1)), n);
            }
        }
    }
}
