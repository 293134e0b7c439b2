//! Passwords that stand in lists of stolen ones and are tried first: 21,648 of at least 8 characters, in small letters and
//! in order, from the lists of Django 5.2 (BSD) and zxcvbn-ts 4.1 (MIT).

use std::cmp::Ordering;

const LIST: &str = include_str!("breached.txt");

/// Whether a password is on the list, however its letters are written.
pub(super) fn is_breached(password: &str) -> bool {
    let wanted = password.to_lowercase();
    let (mut from, mut to) = (0, LIST.len());
    // By halves over bytes: the line around the middle decides.
    while from < to {
        let middle = from + (to - from) / 2;
        let begin = LIST.as_bytes()[..middle].iter().rposition(|byte| *byte == b'\n').map_or(0, |end| end + 1);
        let end = LIST.as_bytes()[middle..].iter().position(|byte| *byte == b'\n').map_or(LIST.len(), |n| middle + n);
        match LIST[begin..end].cmp(wanted.as_str()) {
            Ordering::Equal => return true,
            Ordering::Less => from = end + 1,
            Ordering::Greater => to = begin,
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_is_in_order_and_each_of_it_is_found() {
        let lines: Vec<_> = LIST.lines().collect();
        assert!(lines.len() > 20_000 && lines.is_sorted());
        assert!(lines.iter().all(|line| line.chars().count() >= 8 && line.to_lowercase() == *line));
        assert!(lines.iter().all(|line| is_breached(line)));
    }

    #[test]
    fn small_and_large_letters_are_alike_and_others_are_not_found() {
        assert!(is_breached("PassWord123") && is_breached("QWERTYUIOP"));
        for password in ["a few words in a row", "tetouan-demo", "", "passwor", "password1234567890x"] {
            assert!(!is_breached(password), "{password}");
        }
    }
}
