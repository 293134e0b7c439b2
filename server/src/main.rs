//! The program `tamuda`: everything stands in the library, so that tests run it in their own process.

use std::process::ExitCode;

use mimalloc::MiMalloc;

/// The system's own keeps what is freed between pieces that live long: of 616 MB beside 10,000 instances, 246 were in use.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

#[tokio::main]
async fn main() -> ExitCode {
    server::run().await
}
