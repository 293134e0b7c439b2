//! Arabic numbers: what is counted changes its form with the number before it, and thousands are counted like dirhams.
//!
//! One and two are the noun itself, 3 to 10 take the plural, 11 to 99 the singular with its ending, hundreds and thousands
//! the bare singular. All that is counted here is masculine. The words stand in the nominative, after a colon.

use types::Currency;

use super::groups;

/// What is counted, in its forms.
struct Noun {
    /// `درهم واحد`
    one: &'static str,
    /// `درهمان`
    two: &'static str,
    /// Two that something follows which they govern: `ألفا درهم`.
    two_of: &'static str,
    /// `ثلاثة دراهم`
    few: &'static str,
    /// `أحد عشر درهمًا`
    many: &'static str,
    /// `مائة درهم`, and many that something follows which they govern: `أحد عشر ألف درهم`.
    bare: &'static str,
}

#[rustfmt::skip]
static DIRHAM: Noun = Noun { one: "درهم واحد", two: "درهمان", two_of: "درهما", few: "دراهم", many: "درهمًا", bare: "درهم" };
#[rustfmt::skip]
static CENTIME: Noun = Noun { one: "سنتيم واحد", two: "سنتيمان", two_of: "سنتيما", few: "سنتيمات", many: "سنتيمًا", bare: "سنتيم" };
#[rustfmt::skip]
static EURO: Noun = Noun { one: "يورو واحد", two: "يوروان", two_of: "يورو", few: "يورو", many: "يورو", bare: "يورو" };
static DOLLAR: Noun = Noun {
    one: "دولار أمريكي واحد",
    two: "دولاران أمريكيان",
    two_of: "دولارا أمريكي",
    few: "دولارات أمريكية",
    many: "دولارًا أمريكيًا",
    bare: "دولار أمريكي",
};
#[rustfmt::skip]
static CENT: Noun = Noun { one: "سنت واحد", two: "سنتان", two_of: "سنتا", few: "سنتات", many: "سنتًا", bare: "سنت" };

/// Thousand, million, milliard and on, as what is counted themselves.
#[rustfmt::skip]
static SCALES: [Noun; 6] = [
    Noun { one: "ألف", two: "ألفان", two_of: "ألفا", few: "آلاف", many: "ألفًا", bare: "ألف" },
    Noun { one: "مليون", two: "مليونان", two_of: "مليونا", few: "ملايين", many: "مليونًا", bare: "مليون" },
    Noun { one: "مليار", two: "ملياران", two_of: "مليارا", few: "مليارات", many: "مليارًا", bare: "مليار" },
    Noun { one: "تريليون", two: "تريليونان", two_of: "تريليونا", few: "تريليونات", many: "تريليونًا", bare: "تريليون" },
    Noun { one: "كوادريليون", two: "كوادريليونان", two_of: "كوادريليونا", few: "كوادريليونات", many: "كوادريليونًا", bare: "كوادريليون" },
    Noun { one: "كوينتيليون", two: "كوينتيليونان", two_of: "كوينتيليونا", few: "كوينتيليونات", many: "كوينتيليونًا", bare: "كوينتيليون" },
];

#[rustfmt::skip]
const ONES: [&str; 11] = ["صفر", "واحد", "اثنان", "ثلاثة", "أربعة", "خمسة", "ستة", "سبعة", "ثمانية", "تسعة", "عشرة"];
#[rustfmt::skip]
const TENS: [&str; 10] = ["", "", "عشرون", "ثلاثون", "أربعون", "خمسون", "ستون", "سبعون", "ثمانون", "تسعون"];
#[rustfmt::skip]
const HUNDREDS: [&str; 10] = ["", "مائة", "مائتان", "ثلاثمائة", "أربعمائة", "خمسمائة", "ستمائة", "سبعمائة", "ثمانمائة", "تسعمائة"];

/// An amount of whole units and hundredths.
pub(super) fn amount(currency: Currency, whole: u64, part: u64) -> String {
    let (unit, cent) = match currency {
        Currency::Mad => (&DIRHAM, &CENTIME),
        Currency::Eur => (&EURO, &CENT),
        Currency::Usd => (&DOLLAR, &CENT),
    };
    match (whole, part) {
        (_, 0) => counted(whole, unit),
        (0, _) => counted(part, cent),
        (..) => format!("{} و{}", counted(whole, unit), counted(part, cent)),
    }
}

/// A number with what is counted, in the form that the number wants.
fn counted(number: u64, noun: &Noun) -> String {
    if number == 0 {
        return format!("{} {}", ONES[0], noun.bare);
    }
    let rest = number % 1000;
    // `ألف درهم ودرهم واحد`: one and two are no numbers but the noun itself, so it stands twice.
    let is_noun_twice = number > 2 && (rest == 1 || rest == 2);
    let higher: Vec<(usize, u64)> = groups(number).into_iter().filter(|(place, _)| *place > 0).collect();
    let n_higher = higher.len();
    let mut parts: Vec<String> = Vec::new();
    for (index, (place, group)) in higher.into_iter().enumerate() {
        let scale = &SCALES[place - 1];
        let governs = index + 1 == n_higher && (rest == 0 || is_noun_twice);
        let part = below_thousand(group, scale, governs);
        parts.push(if governs { format!("{part} {}", noun.bare) } else { part });
    }
    if rest > 0 {
        parts.push(below_thousand(rest, noun, false));
    }
    parts.join(" و")
}

/// 1 to 999 of a noun; `governs`: whether something follows the noun that it governs.
fn below_thousand(number: u64, noun: &Noun, governs: bool) -> String {
    let (hundreds, rest) = (digit(number / 100), number % 100);
    // Of two hundred what it governs takes the ending: `مائتا درهم`.
    let bare_hundreds = if hundreds == 2 { "مائتا" } else { HUNDREDS[hundreds] };
    match (hundreds, rest) {
        (0, _) => below_hundred(rest, noun, governs),
        (_, 0) => format!("{bare_hundreds} {}", noun.bare),
        (_, 1 | 2) => format!("{bare_hundreds} {} و{}", noun.bare, below_hundred(rest, noun, governs)),
        (..) => format!("{} و{}", HUNDREDS[hundreds], below_hundred(rest, noun, governs)),
    }
}

fn below_hundred(number: u64, noun: &Noun, governs: bool) -> String {
    match number {
        0 => String::new(),
        1 => noun.one.to_owned(),
        2 if governs => noun.two_of.to_owned(),
        2 => noun.two.to_owned(),
        3..=10 => format!("{} {}", ONES[place(number)], noun.few),
        _ => format!("{} {}", from_eleven(number), if governs { noun.bare } else { noun.many }),
    }
}

/// 11 to 99 alone.
fn from_eleven(number: u64) -> String {
    let (tens, ones) = (digit(number / 10), digit(number % 10));
    match (tens, ones) {
        (1, 1) => "أحد عشر".to_owned(),
        (1, 2) => "اثنا عشر".to_owned(),
        (1, _) => format!("{} عشر", ONES[ones]),
        (_, 0) => TENS[tens].to_owned(),
        (..) => format!("{} و{}", ONES[ones], TENS[tens]),
    }
}

/// A digit as a place in a table.
fn digit(digit: u64) -> usize {
    place(digit % 10)
}

fn place(number: u64) -> usize {
    usize::try_from(number).unwrap_or_default()
}
