//! Partitioning a node's points around a median.

/// A point's coordinate in the dimension that is being cut, and its index.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Key {
    pub value: f64,
    pub index: u32,
}

/// Moves the `left` first keys, ordered by value and then by index, to the front, and the next one
/// right behind them. Values are finite.
pub(super) fn partition(keys: &mut [Key], left: usize) {
    keys.select_nth_unstable_by(left, |a, b| {
        let by_value = a.value.partial_cmp(&b.value).unwrap_or(std::cmp::Ordering::Equal);
        by_value.then(a.index.cmp(&b.index))
    });
}
