//! Free ports on loopback.

use std::net::TcpListener;

/// So many ports that nobody listens on, all different.
pub(crate) fn free<const N: usize>() -> std::io::Result<[u16; N]> {
    // All are held until the last is found.
    let mut held = Vec::with_capacity(N);
    let mut ports = [0; N];
    for port in &mut ports {
        let listener = TcpListener::bind(("127.0.0.1", 0))?;
        *port = listener.local_addr()?.port();
        held.push(listener);
    }
    Ok(ports)
}
