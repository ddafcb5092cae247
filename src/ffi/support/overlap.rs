//! Outputs that share memory with something else, found before any reference to them is made.

use super::views::{scic_mat, scic_mat_mut};
use crate::array;
use crate::error::{Error, Result};

/// The memory behind an argument.
#[derive(Clone, Copy, Debug)]
pub struct Memory {
    name: &'static str,
    begin: usize,
    end: usize,
}

impl Memory {
    /// That of `len` elements. NULL has none.
    pub fn of<T>(data: *const T, len: usize, name: &'static str) -> Self {
        let begin = data.addr();
        let bytes = if data.is_null() { 0 } else { len.saturating_mul(size_of::<T>()) };
        Memory { name, begin, end: begin.saturating_add(bytes) }
    }

    /// That of a matrix, from the first element to the last.
    pub fn of_mat(m: scic_mat, name: &'static str) -> Self {
        let extent = array::extent(m.rows, m.cols, m.row_stride, m.col_stride);
        let (before, behind) = extent.unwrap_or((0, 0)); // what overflows is refused elsewhere
        let len =
            if m.data.is_null() || m.rows == 0 || m.cols == 0 { 0 } else { before + behind + 1 };
        Memory::of(m.data.wrapping_sub(before), len, name)
    }

    /// That of a matrix to be written.
    pub fn of_mat_mut(m: scic_mat_mut, name: &'static str) -> Self {
        let scic_mat_mut { data, rows, cols, row_stride, col_stride } = m;
        Memory::of_mat(scic_mat { data, rows, cols, row_stride, col_stride }, name)
    }

    /// Refuses this output if it shares memory with any of the others.
    pub fn apart_from(&self, others: &[Memory]) -> Result<()> {
        let both = |o: &&Memory| self.begin.max(o.begin) < self.end.min(o.end);
        match others.iter().find(both) {
            Some(o) => Err(Error::invalid(self.name, format_args!("overlaps {}", o.name))),
            None => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shared_elements_are_seen() {
        let d = [0.0; 10];
        let at = |k: usize, len| Memory::of(&raw const d[k], len, "x");
        assert!(at(0, 5).apart_from(&[at(5, 5), at(0, 0)]).is_ok());
        let message = at(4, 2).apart_from(&[at(9, 1), at(5, 5)]).unwrap_err().to_string();
        assert_eq!(message, "x overlaps x");
        let none = Memory::of(std::ptr::null::<f64>(), 10, "y");
        assert!(none.apart_from(&[none]).is_ok());
        let mat = |k: usize, strides: (isize, isize)| {
            let (row_stride, col_stride) = strides;
            let m = scic_mat { data: &raw const d[k], rows: 2, cols: 2, row_stride, col_stride };
            Memory::of_mat(m, "m")
        };
        assert!(mat(0, (2, 1)).apart_from(&[mat(4, (2, 1))]).is_ok());
        assert!(mat(0, (4, 1)).apart_from(&[mat(4, (2, 1))]).is_err());
        assert!(mat(7, (-2, -1)).apart_from(&[mat(0, (2, 1)), at(8, 2)]).is_ok());
        assert!(mat(7, (-2, -1)).apart_from(&[at(4, 1)]).is_err());
    }
}
