//! Start vectors and replacements: any direction will do, but the same every time.

use super::Panel;

/// SplitMix64 (Steele, Lea & Flood 2014), as numbers in (−1, 1).
#[derive(Clone, Debug)]
pub struct Random(u64);

impl Random {
    /// A generator that depends on `seed` alone.
    pub fn new(seed: u64) -> Self {
        Random(seed)
    }

    /// The next number.
    pub fn number(&mut self) -> f64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^= z >> 31;
        (z >> 11) as f64 * 2f64.powi(-52) - 1.0
    }

    /// Fills vector `c` of a panel.
    pub fn fill<const W: usize>(&mut self, panel: &mut Panel<W>, c: usize) {
        panel.rows_mut().iter_mut().for_each(|row| row[c] = self.number());
    }
}
