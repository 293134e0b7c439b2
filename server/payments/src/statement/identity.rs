//! What makes a line of a bank the same line in another file: account, day, amount, and the bank's own reference or,
//! without one, what was written. Of lines that agree in all of it, the first is the first, the second the second. A
//! file that ends within a day and is followed by one of the whole day therefore brings the day's first lines again.

use std::{collections::HashMap, fmt::Write as _};

use sha2::{Digest, Sha256};

use super::{Line, Statement};
use crate::{account::comparable, text::squeeze};

/// Sets the identities of all lines of a file.
pub(super) fn identify(statements: &mut [Statement]) {
    let mut seen: HashMap<Vec<u8>, u64> = HashMap::new();
    for statement in statements {
        let account = comparable(&statement.account);
        for line in &mut statement.lines {
            let content = content(&account, line);
            let ordinal = seen.entry(content.clone()).or_default();
            line.identity = hex(&[&content, &ordinal.to_be_bytes()]);
            *ordinal += 1;
        }
    }
}

fn content(account: &str, line: &Line) -> Vec<u8> {
    let said = match &line.reference {
        Some(reference) => format!("r{}", squeeze(reference)),
        None => format!("w{}", squeeze(&line.remittance)),
    };
    // What is squeezed has no zero bytes, so that no two contents are written alike.
    let content = format!("{account}\0{}\0{}\0{}\0{said}", line.currency, line.booked_on, line.amount);
    Sha256::digest(content.as_bytes()).to_vec()
}

/// 128 bits of the digest in hexadecimal digits.
fn hex(parts: &[&[u8]]) -> String {
    let digest = parts.iter().fold(Sha256::new(), |hasher, part| hasher.chain_update(part)).finalize();
    digest.iter().take(16).fold(String::with_capacity(32), |mut hex, byte| {
        // Writing to a string cannot fail.
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}
