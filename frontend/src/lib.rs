//! The islands: the only code that runs in the browser.
