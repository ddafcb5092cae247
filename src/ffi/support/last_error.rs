//! The last error of each thread: one line of text and, after SCIC_CALLBACK_ERROR, the callback's code.

use std::cell::{Cell, RefCell};

use crate::error::Error;

thread_local! {
    static MESSAGE: RefCell<String> = const { RefCell::new(String::new()) };
    static CALLBACK_CODE: Cell<i32> = const { Cell::new(0) };
}

/// Remembers why a call failed.
#[cold]
pub fn set(error: &Error) {
    if let Error::Callback { code } = error {
        CALLBACK_CODE.set(*code);
    }
    set_text(error.to_string());
}

/// Remembers a text of its own.
#[cold]
pub fn set_text(text: String) {
    // A message must stay one line whatever a value in it prints as.
    let line = if text.contains('\n') { text.replace('\n', " ") } else { text };
    MESSAGE.with_borrow_mut(|m| *m = line);
}

/// Calls `f` with the present message.
pub fn with_message<R>(f: impl FnOnce(&str) -> R) -> R {
    MESSAGE.with_borrow(|m| f(m))
}

/// The code of the callback that last aborted a call on this thread.
pub fn callback_code() -> i32 {
    CALLBACK_CODE.get()
}
