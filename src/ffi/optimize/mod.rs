//! `<scic/optimize.h>`: minimisation.

pub mod handle;
pub mod run;
pub mod step;
pub mod types;
