//! Identifiers that only have to differ: uids, container ids, suffixes of generated names.

use std::hash::{BuildHasher, Hasher, RandomState};

/// A random UUID (version 4).
pub(crate) fn fresh() -> String {
    let (high, low) = (random(), random());
    let versioned = (high & !0xf000) | 0x4000;
    let varied = (low & !(0b11 << 62)) | (0b10 << 62);
    let (a, b, c) = (versioned >> 32, (versioned >> 16) & 0xffff, versioned & 0xffff);
    format!("{a:08x}-{b:04x}-{c:04x}-{:04x}-{:012x}", varied >> 48, varied & 0xffff_ffff_ffff)
}

/// 64 random hexadecimal digits, as container runtimes name containers.
pub(crate) fn container() -> String {
    format!("containerd://{:016x}{:016x}{:016x}{:016x}", random(), random(), random(), random())
}

/// Five letters and digits for a generated name.
pub(crate) fn suffix() -> String {
    const LETTERS: &[u8] = b"bcdfghjklmnpqrstvwxz2456789";
    let mut rest = random();
    let mut letter = || {
        let position = usize::try_from(rest % LETTERS.len() as u64).unwrap_or(0);
        rest /= LETTERS.len() as u64;
        char::from(LETTERS[position])
    };
    (0..5).map(|_| letter()).collect()
}

/// The standard library seeds each hasher's keys from the system's randomness.
fn random() -> u64 {
    RandomState::new().build_hasher().finish()
}
