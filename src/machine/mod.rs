//! Iterative solvers as state machines that ask for evaluations.
//!
//! A solver never calls user code. It hands out a block of points and says what is wanted there
//! ([`Machine::ask`]), the answers are written in place into buffers of its own, and
//! [`Machine::tell`] moves it on. Whoever owns the loop decides where and when things are evaluated:
//! callback drivers, batches, remote workers and interactive stepping are all the same few lines.
//!
//! ```text
//!        ask ──► points ──► (user evaluates) ──► tell ──► Eval | Iterate | Done(stop)
//!         ▲                                               │
//!         └───────────────────────────────────────────────┘
//! ```
//!
//! Adapters are machines too: [`crate::optimize::differences`] turns a wish for a gradient into one block
//! of points. What ends a run is said by one [`Stop`] for all solvers, and every stop, an abort
//! included, leaves the best point. Machines own all their memory from the start: nothing is allocated
//! after construction.

mod budget;
mod stop;
mod termination;

pub use budget::Budget;
pub use stop::Stop;
pub use termination::Termination;

/// What a machine waits for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Turn {
    /// Points to be evaluated: see [`Machine::ask`].
    Eval,
    /// An iteration has just ended: [`Machine::progress`] and [`Machine::iterate`] speak of it. The
    /// next [`Machine::ask`] goes on.
    Iterate,
    /// Nothing any more.
    Done(Stop),
}

/// The caller's word on the points that a machine asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Told {
    /// The answers are in place. A value that is NaN or infinite counts as worse than any other.
    Ok,
    /// The (first) point is outside the function's domain. Solvers try again nearer to the last good
    /// point.
    Reject,
    /// Stop with the best result so far; values that were written count.
    Stop,
    /// Something went wrong outside: end now. The code is the caller's own. Values that were written
    /// count towards the best point.
    Abort(i32),
}

/// What is wanted at the points of an [`Ask`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Want {
    /// Function values.
    Value,
    /// Function values and gradients.
    ValueAndGradient,
}

/// A block of points and the places for their answers, all in memory of the machine.
#[derive(Debug)]
pub struct Ask<'a> {
    /// What is wanted.
    pub want: Want,
    /// Number of variables.
    pub n: usize,
    /// The points, one row of `n` each.
    pub x: &'a [f64],
    /// One value per point to write. NaN beforehand, so a value left out is "worse than any other".
    pub f: &'a mut [f64],
    /// One gradient of `n` per point to write; empty where gradients are not wanted.
    pub grad: &'a mut [f64],
    /// Whether the points serve independently of each other, so that a budget that has room for the
    /// first few only may leave the rest unevaluated.
    pub divisible: bool,
    /// Whether the first point is the one that matters: where it is outside the domain the others need
    /// no evaluation ([`Told::Reject`]).
    pub first_matters: bool,
}

/// A point and the function's value there.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Point<'a> {
    /// The variables.
    pub x: &'a [f64],
    /// The value; infinite as long as nothing was evaluated.
    pub f: f64,
}

/// How far a machine has come.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Progress {
    /// Largest component of the (projected) gradient at the iterate; NaN where the method has none.
    pub gradient_norm: f64,
    /// Largest component of the last step; NaN before the first one.
    pub step: f64,
    /// Finished iterations.
    pub nit: u64,
}

/// An iterative solver.
pub trait Machine: Send + Sync {
    /// What it waits for.
    fn turn(&self) -> Turn;

    /// The points to evaluate, the same until [`Machine::tell`]; None when it is done. After
    /// [`Turn::Iterate`] this is where the next iteration begins, so it may well be done here.
    fn ask(&mut self) -> Option<Ask<'_>>;

    /// Takes the answers to the last [`Machine::ask`] and moves on. Where nothing was asked nothing
    /// happens.
    fn tell(&mut self, told: Told) -> Turn;

    /// Ends it now. It stays with the first reason it was given.
    fn halt(&mut self, stop: Stop);

    /// How far it has come.
    fn progress(&self) -> Progress;

    /// The best point that was evaluated so far; the starting point before that.
    fn best(&self) -> Point<'_>;

    /// The current iterate.
    fn iterate(&self) -> Point<'_>;
}

impl<M: Machine + ?Sized> Machine for Box<M> {
    fn turn(&self) -> Turn {
        (**self).turn()
    }
    fn ask(&mut self) -> Option<Ask<'_>> {
        (**self).ask()
    }
    fn tell(&mut self, told: Told) -> Turn {
        (**self).tell(told)
    }
    fn halt(&mut self, stop: Stop) {
        (**self).halt(stop);
    }
    fn progress(&self) -> Progress {
        (**self).progress()
    }
    fn best(&self) -> Point<'_> {
        (**self).best()
    }
    fn iterate(&self) -> Point<'_> {
        (**self).iterate()
    }
}
