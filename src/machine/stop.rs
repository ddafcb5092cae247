//! Why a solver ended.

/// Why a solver ended. Every one of these leaves the best point.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Stop {
    /// The (projected) gradient is small enough.
    Gtol,
    /// The function does not decrease any more.
    Ftol,
    /// The variables do not move any more.
    Xtol,
    /// The target value is reached.
    Target,
    /// The iteration limit is reached.
    MaxIter,
    /// The limit on evaluations is reached.
    MaxFev,
    /// The time limit is reached.
    TimeLimit,
    /// The caller asked to stop.
    Callback,
    /// The caller's code failed.
    CallbackError,
    /// Rounding errors, or gradients that do not fit the function, prevent further progress.
    PrecisionLoss,
    /// The function or its gradient is not finite at the starting point.
    Rejected,
}

impl Stop {
    /// A sentence for people.
    pub fn describe(self) -> &'static str {
        match self {
            Stop::Gtol => "the gradient tolerance is met",
            Stop::Ftol => "the function value tolerance is met",
            Stop::Xtol => "the step tolerance is met",
            Stop::Target => "the target value is reached",
            Stop::MaxIter => "the iteration limit is reached",
            Stop::MaxFev => "the limit on function evaluations is reached",
            Stop::TimeLimit => "the time limit is reached",
            Stop::Callback => "a callback asked to stop",
            Stop::CallbackError => "a callback returned an error code",
            Stop::PrecisionLoss => {
                "rounding errors, or a gradient that does not fit the function, prevent progress"
            }
            Stop::Rejected => "the objective or its gradient is not finite at the starting point",
        }
    }

    /// Whether the method's own convergence test (or the target) was met.
    pub fn is_success(self) -> bool {
        matches!(self, Stop::Gtol | Stop::Ftol | Stop::Xtol | Stop::Target)
    }
}
