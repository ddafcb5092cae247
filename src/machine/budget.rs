//! What a run has spent, and what it may.

use std::time::{Duration, Instant};

use super::{Ask, Stop, Want};

/// Counts evaluations and says when there may be no more.
#[derive(Clone, Copy, Debug)]
pub struct Budget {
    maxfev: u64,
    deadline: Option<Instant>,
    nfev: u64,
    njev: u64,
}

impl Budget {
    /// A budget of evaluations and of seconds from now.
    pub fn new(maxfev: Option<u64>, time_limit: f64) -> Self {
        // A limit beyond the clock's range is none.
        let deadline = Duration::try_from_secs_f64(time_limit)
            .ok()
            .and_then(|limit| Instant::now().checked_add(limit));
        Budget { maxfev: maxfev.unwrap_or(u64::MAX), deadline, nfev: 0, njev: 0 }
    }

    /// How many of the points of `ask` may be evaluated now, or why none. The clock is only read where a
    /// limit is set.
    #[inline]
    pub fn admit(&self, ask: &Ask<'_>) -> Result<usize, Stop> {
        if let Some(deadline) = self.deadline
            && Instant::now() >= deadline
        {
            return Err(Stop::TimeLimit);
        }
        let room = self.maxfev.saturating_sub(self.nfev);
        let points = ask.f.len() as u64;
        if points <= room {
            Ok(ask.f.len())
        } else if ask.divisible && room > 0 {
            Ok(room as usize)
        } else {
            Err(Stop::MaxFev)
        }
    }

    /// Counts `points` evaluations.
    #[inline]
    pub fn spend(&mut self, points: usize, want: Want) {
        self.nfev += points as u64;
        if want == Want::ValueAndGradient {
            self.njev += points as u64;
        }
    }

    /// Counts a gradient that came from differences.
    #[inline]
    pub fn count_gradient(&mut self) {
        self.njev += 1;
    }

    /// Function values so far.
    pub fn nfev(&self) -> u64 {
        self.nfev
    }

    /// Gradients so far.
    pub fn njev(&self) -> u64 {
        self.njev
    }
}
