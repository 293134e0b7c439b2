//! Random cases that come again: a printed seed is a whole case.

/// A small generator of our own.
pub(crate) struct Dice(u64);

/// One case of many. When it fails it says how it comes again.
pub(crate) struct Case {
    /// Its place among the cases of the run.
    pub(crate) n: u64,
    seed: u64,
}

/// As many cases as a run takes: 64, a thousand with `TAMUDA_DEEP=1`. The first has the seed `TAMUDA_SEED`.
pub(crate) fn cases() -> impl Iterator<Item = (Case, Dice)> {
    let n_cases = if std::env::var("TAMUDA_DEEP").is_ok_and(|deep| deep == "1") { 1_000 } else { 64 };
    let first: u64 = std::env::var("TAMUDA_SEED").map_or(0x7E70_0A11, |seed| seed.parse().unwrap());
    cases_from(first, n_cases)
}

fn cases_from(first: u64, n_cases: u64) -> impl Iterator<Item = (Case, Dice)> {
    (0..n_cases).map(move |n: u64| {
        // The odd step visits every seed; zero is the one from which nothing follows.
        let seed = first.wrapping_add(n.wrapping_mul(0x9E37_79B9_7F4A_7C15)).max(1);
        (Case { n, seed }, Dice(seed))
    })
}

impl Case {
    /// A word that no other case has, for as long as the program runs.
    pub(crate) fn word(&self, of: &str) -> &'static str {
        Box::leak(format!("{of}-{}", self.n).into_boxed_str())
    }
}

impl Drop for Case {
    #[expect(clippy::print_stdout, reason = "a case that fails must be found again by its seed")]
    fn drop(&mut self) {
        if std::thread::panicking() {
            println!("case {} failed; TAMUDA_SEED={} begins with it", self.n, self.seed);
        }
    }
}

impl Dice {
    /// Dice of its own for a part of the case that goes on beside the others.
    pub(crate) fn of(dice: &mut Self) -> Self {
        Self(dice.roll(i64::MAX).unsigned_abs().max(1))
    }

    /// A number from 0 up to, and without, `bound`.
    pub(crate) fn roll(&mut self, bound: i64) -> i64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        i64::try_from(self.0 % u64::try_from(bound).unwrap()).unwrap()
    }

    /// One of these.
    pub(crate) fn one_of<T: Clone>(&mut self, things: &[T]) -> T {
        let place = self.roll(i64::try_from(things.len()).unwrap());
        things[usize::try_from(place).unwrap()].clone()
    }

    /// An order of so many things.
    pub(crate) fn shuffle<T>(&mut self, things: &mut [T]) {
        for n in (1..things.len()).rev() {
            let other = self.roll(i64::try_from(n).unwrap() + 1);
            things.swap(n, usize::try_from(other).unwrap());
        }
    }
}

/// Sixteen throws.
fn throws(mut dice: Dice) -> Vec<i64> {
    (0..16).map(|_| dice.roll(1_000_000)).collect()
}

#[test]
fn a_run_takes_its_cases_and_a_printed_seed_begins_with_the_case_that_printed_it() {
    let is_deep = std::env::var("TAMUDA_DEEP").is_ok_and(|deep| deep == "1");
    assert_eq!(cases().count(), if is_deep { 1_000 } else { 64 });
    let mut seen = std::collections::BTreeSet::new();
    for (case, dice) in cases() {
        let (_, again) = cases_from(case.seed, 1).next().unwrap();
        let thrown = throws(dice);
        assert_eq!(throws(again), thrown, "TAMUDA_SEED={} is another case", case.seed);
        assert!(seen.insert(thrown), "case {} was there before", case.n);
    }
}
