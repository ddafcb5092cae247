//! Another Rust static library, which a program may link beside libscic.a: its standard library, and its
//! panics, are its own.
#[unsafe(no_mangle)]
pub extern "C" fn other_contains_a_panic() -> i32 {
    std::panic::set_hook(Box::new(|_| ()));
    std::panic::catch_unwind(|| panic!("raised on purpose")).is_err() as i32
}
