//! The program `tamuda`: everything stands in the library, so that tests run it in their own process.

use std::process::ExitCode;

#[tokio::main]
async fn main() -> ExitCode {
    server::run().await
}
