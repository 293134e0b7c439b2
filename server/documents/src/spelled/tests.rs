//! Amounts as a person would write them out, and what holds for all of them.
#![expect(clippy::inconsistent_digit_grouping, reason = "the last two digits are hundredths")]

use std::collections::BTreeSet;

use proptest::prelude::*;

use super::*;

fn of(locale: Locale, currency: Currency, cents: i64) -> String {
    spelled(locale, Money { micros: cents * 10_000, currency })
}

#[test]
fn english_amounts_are_written_out() {
    for (cents, words) in [
        (0, "zero dirhams"),
        (1, "one centime"),
        (50, "fifty centimes"),
        (1_00, "one dirham"),
        (2_00, "two dirhams"),
        (21_99, "twenty-one dirhams and ninety-nine centimes"),
        (100_00, "one hundred dirhams"),
        (101_00, "one hundred and one dirhams"),
        (1_000_00, "one thousand dirhams"),
        (1_005_20, "one thousand and five dirhams and twenty centimes"),
        (1_126_40, "one thousand one hundred and twenty-six dirhams and forty centimes"),
        (1_000_000_00, "one million dirhams"),
        (12_000_019_01, "twelve million and nineteen dirhams and one centime"),
        (-3_20, "minus three dirhams and twenty centimes"),
    ] {
        assert_eq!(of(Locale::En, Currency::Mad, cents), words);
    }
    assert_eq!(of(Locale::En, Currency::Eur, 1_01), "one euro and one cent");
    assert_eq!(of(Locale::En, Currency::Usd, 2_02), "two US dollars and two cents");
}

#[test]
fn french_amounts_are_written_out() {
    for (cents, words) in [
        (0, "zéro dirham"),
        (1, "un centime"),
        (1_00, "un dirham"),
        (2_00, "deux dirhams"),
        (21_00, "vingt et un dirhams"),
        (70_00, "soixante-dix dirhams"),
        (71_00, "soixante et onze dirhams"),
        (80_00, "quatre-vingts dirhams"),
        (81_00, "quatre-vingt-un dirhams"),
        (91_00, "quatre-vingt-onze dirhams"),
        (99_80, "quatre-vingt-dix-neuf dirhams et quatre-vingts centimes"),
        (100_00, "cent dirhams"),
        (200_00, "deux cents dirhams"),
        (201_00, "deux cent un dirhams"),
        (1_000_00, "mille dirhams"),
        (1_126_40, "mille cent vingt-six dirhams et quarante centimes"),
        (80_000_00, "quatre-vingt mille dirhams"),
        (200_000_00, "deux cent mille dirhams"),
        (1_000_000_00, "un million de dirhams"),
        (2_000_500_00, "deux millions cinq cents dirhams"),
        (200_000_000_00, "deux cents millions de dirhams"),
        (1_080_000_000_00, "un milliard quatre-vingts millions de dirhams"),
        (-3_20, "moins trois dirhams et vingt centimes"),
    ] {
        assert_eq!(of(Locale::Fr, Currency::Mad, cents), words);
    }
    assert_eq!(of(Locale::Fr, Currency::Eur, 2_000_000_00), "deux millions d’euros");
    assert_eq!(of(Locale::Fr, Currency::Usd, 1_02), "un dollar des États-Unis et deux cents");
}

#[test]
fn arabic_amounts_are_written_out_with_their_dual_and_plurals() {
    for (cents, words) in [
        (0, "صفر درهم"),
        (1, "سنتيم واحد"),
        (2, "سنتيمان"),
        (1_00, "درهم واحد"),
        (2_00, "درهمان"),
        (3_00, "ثلاثة دراهم"),
        (10_00, "عشرة دراهم"),
        (11_00, "أحد عشر درهمًا"),
        (12_00, "اثنا عشر درهمًا"),
        (13_05, "ثلاثة عشر درهمًا وخمسة سنتيمات"),
        (20_00, "عشرون درهمًا"),
        (21_00, "واحد وعشرون درهمًا"),
        (99_99, "تسعة وتسعون درهمًا وتسعة وتسعون سنتيمًا"),
        (100_00, "مائة درهم"),
        (101_00, "مائة درهم ودرهم واحد"),
        (102_00, "مائة درهم ودرهمان"),
        (103_00, "مائة وثلاثة دراهم"),
        (200_00, "مائتا درهم"),
        (211_00, "مائتان وأحد عشر درهمًا"),
        (1_000_00, "ألف درهم"),
        (1_001_00, "ألف درهم ودرهم واحد"),
        (1_126_40, "ألف ومائة وستة وعشرون درهمًا وأربعون سنتيمًا"),
        (2_000_00, "ألفا درهم"),
        (2_002_00, "ألفا درهم ودرهمان"),
        (2_300_00, "ألفان وثلاثمائة درهم"),
        (5_000_00, "خمسة آلاف درهم"),
        (11_000_00, "أحد عشر ألف درهم"),
        (11_500_00, "أحد عشر ألفًا وخمسمائة درهم"),
        (100_000_00, "مائة ألف درهم"),
        (1_000_000_00, "مليون درهم"),
        (2_000_000_00, "مليونا درهم"),
        (3_004_000_00, "ثلاثة ملايين وأربعة آلاف درهم"),
        (-3_20, "ناقص ثلاثة دراهم وعشرون سنتيمًا"),
    ] {
        assert_eq!(of(Locale::Ar, Currency::Mad, cents), words);
    }
    assert_eq!(of(Locale::Ar, Currency::Usd, 11_00), "أحد عشر دولارًا أمريكيًا");
    assert_eq!(of(Locale::Ar, Currency::Usd, 2_02), "دولاران أمريكيان وسنتان");
    assert_eq!(of(Locale::Ar, Currency::Eur, 3_03), "ثلاثة يورو وثلاثة سنتات");
}

#[test]
fn no_two_amounts_up_to_ten_thousand_are_said_alike() {
    for locale in Locale::ALL {
        let said: BTreeSet<_> = (0..10_000).map(|units| of(locale, Currency::Mad, units * 100)).collect();
        assert_eq!(said.len(), 10_000, "{}", locale.tag());
    }
}

proptest! {
    #[test]
    fn every_amount_has_words(micros: i64, which in 0..3usize) {
        for locale in Locale::ALL {
            let words = spelled(locale, Money { micros, currency: Currency::ALL[which] });
            prop_assert!(!words.is_empty() && !words.contains("  ") && words.trim() == words, "{words}");
            prop_assert!(!words.chars().any(|letter| letter.is_ascii_digit()), "{words}");
        }
    }
}
