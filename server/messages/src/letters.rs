//! Letters to people, in words: a subject, and the same sentences as plain text and as HTML that needs no picture.

mod by_itself;
mod dunning;
mod hub;
mod money;
mod said;

use std::{collections::BTreeMap, fmt::Write};

use types::{LetterKind, Money, Timestamp};

use crate::{Words, say};

/// A letter as it is sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Letter {
    /// One line.
    pub subject: String,
    /// For who reads without HTML.
    pub text: String,
    /// A whole document.
    pub html: String,
}

/// A button: what it says, and where it leads.
struct Way {
    label: String,
    address: String,
}

struct Parts {
    subject: String,
    paragraphs: Vec<String>,
    way: Option<Way>,
    /// Why the reader has it, and what to do when it was not they who asked.
    beneath: String,
}

/// What fills a letter.
#[derive(Clone, Copy)]
struct Facts<'a> {
    words: &'a Words,
    arguments: &'a BTreeMap<String, String>,
}

impl Facts<'_> {
    /// As it is; empty where the letter was written without it.
    fn text(&self, name: &str) -> &str {
        self.arguments.get(name).map_or("", String::as_str)
    }

    /// An amount, written out.
    fn money(&self, name: &str) -> String {
        let amount = self.text(name).split_once(' ').and_then(|(micros, currency)| {
            Some(Money { micros: micros.parse().ok()?, currency: currency.parse().ok()? })
        });
        amount.map_or_else(|| self.text(name).to_owned(), |amount| self.words.money(amount))
    }

    /// An amount of GPU time of a flavour, or of money where no flavour is named.
    fn amount(&self, name: &str) -> String {
        match self.text("flavour") {
            "" => self.money(name),
            flavour => {
                let seconds = self.text(name).parse().unwrap_or_default();
                say!(self.words, "gpu-time", span = self.words.span_brief(seconds), flavour = flavour)
            }
        }
    }

    /// An instant, written out.
    fn moment(&self, name: &str) -> String {
        self.text(name).parse::<Timestamp>().map_or_else(|_| self.text(name).to_owned(), |at| self.words.moment(at))
    }
}

impl Words {
    /// What a letter says; `base_url` is the portal's address without a slash at the end.
    #[must_use]
    pub fn letter(&self, kind: LetterKind, arguments: &BTreeMap<String, String>, base_url: &str) -> Letter {
        let facts = Facts { words: self, arguments };
        let parts = match kind {
            LetterKind::ResetPassword => said::reset_password(&facts, base_url),
            LetterKind::Register => said::register(&facts, base_url),
            LetterKind::AlreadyRegistered => said::already_registered(&facts, base_url),
            LetterKind::Invitation => said::invitation(&facts, base_url),
            LetterKind::MemberJoined => said::member_joined(&facts, base_url),
            LetterKind::DomainAnswered => said::domain_answered(&facts, base_url),
            LetterKind::StaffChanged => said::staff_changed(&facts, base_url),
            LetterKind::NewDevice => said::new_device(&facts, base_url),
            LetterKind::IdentityLinked => said::identity_linked(&facts, base_url),
            LetterKind::IdentityUnlinked => said::identity_unlinked(&facts, base_url),
            LetterKind::FactorChanged => said::factor_changed(&facts, base_url),
            LetterKind::FactorsReset => said::factors_reset(&facts, base_url),
            LetterKind::PasswordChanged => said::password_changed(&facts, base_url),
            LetterKind::BudgetAlert => money::budget_alert(&facts, base_url),
            LetterKind::BudgetReached => money::budget_reached(&facts, base_url),
            LetterKind::MoneyLow => money::money_low(&facts, base_url),
            LetterKind::MoneyOut => money::money_out(&facts, base_url),
            LetterKind::LotEnding => money::lot_ending(&facts, base_url),
            LetterKind::LineAnswered => money::line_answered(&facts, base_url),
            LetterKind::LineContested => hub::line_contested(&facts, base_url),
            LetterKind::SignOffWaits => hub::sign_off_waits(&facts, base_url),
            LetterKind::SignOffLimitWaits => hub::sign_off_limit_waits(&facts, base_url),
            LetterKind::PaymentOverdue => dunning::payment_overdue(&facts, base_url),
            LetterKind::AutoTopUpDeclined => by_itself::declined(&facts, base_url),
            LetterKind::AutoTopUpAsks => by_itself::asks(&facts, base_url),
            LetterKind::RefundPaid => money::refund_paid(&facts, base_url),
            LetterKind::RefundFailed => money::refund_failed(&facts, base_url),
            LetterKind::VolumesEnding => money::volumes_ending(&facts, base_url),
            LetterKind::ChangeAddress => said::change_address(&facts, base_url),
            LetterKind::AccountClosed => said::account_closed(&facts, base_url),
            LetterKind::OrganisationClosed => said::organisation_closed(&facts, base_url),
            LetterKind::AccountStopped => said::account_stopped(&facts, base_url),
            LetterKind::OperatorsTold => said::operators_told(&facts, base_url),
            LetterKind::AddressChanged => said::address_changed(&facts, base_url),
        };
        let greeting = match facts.text("name") {
            "" => say!(self, "letter-greeting-stranger"),
            name => say!(self, "letter-greeting", name = name),
        };
        Letter { text: plain(&greeting, &parts), html: html(self, &greeting, &parts), subject: parts.subject }
    }
}

fn plain(greeting: &str, parts: &Parts) -> String {
    let mut text = format!("{greeting}\n");
    for paragraph in &parts.paragraphs {
        _ = write!(text, "\n{paragraph}\n");
    }
    if let Some(way) = &parts.way {
        _ = write!(text, "\n{}\n{}\n", way.label, way.address);
    }
    _ = write!(text, "\n-- \n{}\nTamuda\n", parts.beneath);
    text
}

/// Styles stand at each element: a mail program shows no style sheet.
fn html(words: &Words, greeting: &str, parts: &Parts) -> String {
    let (language, direction) = (words.locale().tag(), words.locale().dir().as_str());
    let mut body = format!("<p style=\"margin:0 0 16px\">{}</p>", escaped(greeting));
    for paragraph in &parts.paragraphs {
        _ = write!(body, "<p style=\"margin:0 0 16px\">{}</p>", escaped(paragraph));
    }
    if let Some(Way { label, address }) = &parts.way {
        let (label, address) = (escaped(label), escaped(address));
        _ = write!(
            body,
            "<p style=\"margin:24px 0\"><a href=\"{address}\" style=\"display:inline-block;padding:12px 20px;\
             border-radius:8px;background:#4a3fd6;color:#ffffff;text-decoration:none;font-weight:600\">{label}</a></p>\
             <p dir=\"ltr\" style=\"margin:0 0 16px;font-size:13px;color:#5d5d58;word-break:break-all\">{address}</p>"
        );
    }
    format!(
        "<!doctype html><html lang=\"{language}\" dir=\"{direction}\"><head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width\"><title>{}</title></head>\
         <body style=\"margin:0;padding:24px 16px;background:#f7f6f2\"><div style=\"max-width:560px;margin:0 auto;\
         padding:28px 28px 20px;border-radius:12px;background:#ffffff;color:#1a1a1a;font:16px/1.55 system-ui,sans-serif\">\
         <p style=\"margin:0 0 20px;font-weight:700;color:#4a3fd6\">Tamuda</p>{body}\
         <p style=\"margin:24px 0 0;padding-top:16px;border-top:1px solid #e2e0d8;font-size:13px;color:#5d5d58\">{}</p>\
         </div></body></html>",
        escaped(&parts.subject),
        escaped(&parts.beneath),
    )
}

fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            other => safe.push(other),
        }
    }
    safe
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Locale;

    fn letter(locale: Locale, kind: LetterKind, name: &str) -> Letter {
        let facts = [
            ("name", name),
            ("token", "c0ffee"),
            ("until", "2026-11-29T10:00:00Z"),
            ("at", "2026-11-29T09:00:00Z"),
            ("address", "192.0.2.7"),
            ("device", "Firefox (Linux)"),
            ("organisation", "Rif Robotics"),
            ("invited_by", "Youssef"),
            ("role", "developer"),
            ("issuer", "https://id.example.org"),
            ("email", "salma@elsewhere.example"),
            ("change", "code-used"),
            ("member", "Amina"),
            ("email", "amina@rif.example"),
            ("slug", "rif-robotics"),
            ("domain", "rif.example"),
            ("change", "appointed"),
            ("step", "m10"),
            ("lot", "Welcome"),
            ("left", "1500000 MAD"),
            ("stopped", "2"),
            ("names", "training\nnotebook"),
            ("amount", "250000000 MAD"),
            ("card", "4242"),
            ("word", "card_declined"),
            ("paused", "yes"),
            ("payment", "pay_01ka4c2d00000000000000000z"),
        ];
        let facts = facts.map(|(name, fact)| (name.to_owned(), fact.to_owned())).into();
        Words::new(locale, "UTC").letter(kind, &facts, "https://gpu.example.org")
    }

    #[test]
    fn every_letter_says_all_of_itself_in_every_language() {
        for locale in Locale::ALL {
            for kind in LetterKind::ALL {
                let Letter { subject, text, html } = letter(locale, *kind, "Salma");
                for part in [&subject, &text, &html] {
                    let unsaid = part.contains("letter-") || part.contains("{$") || part.contains("{ $");
                    assert!(!unsaid && !part.trim().is_empty(), "{} {}: {part}", locale.tag(), kind.word());
                }
                assert!(!subject.contains('\n') && text.contains("Salma") && html.contains("Salma"));
                assert!(html.starts_with("<!doctype html>") && html.contains(&format!("lang=\"{}\"", locale.tag())));
            }
        }
    }

    #[test]
    fn a_letter_leads_to_the_portal_with_its_token() {
        let letter = letter(Locale::Fr, LetterKind::ResetPassword, "Salma");
        let address = "https://gpu.example.org/password/reset?token=c0ffee";
        assert!(letter.text.contains(&format!("\n{address}\n")), "{}", letter.text);
        assert!(letter.html.contains(&format!("href=\"{address}\"")));
    }

    #[test]
    fn a_letter_of_money_says_what_stops_when_and_leads_to_the_wallet() {
        let low = letter(Locale::En, LetterKind::MoneyLow, "Salma");
        assert_eq!(low.subject, "Rif Robotics has less than 10 minutes of money left");
        assert!(low.text.contains("29 Nov, 09:00:00") && low.text.contains("/o/rif-robotics/wallet\n"), "{}", low.text);
        let out = letter(Locale::En, LetterKind::MoneyOut, "Salma");
        assert!(out.text.contains("2 instances were stopped: training, notebook."), "{}", out.text);
        let ending = letter(Locale::En, LetterKind::LotEnding, "Salma");
        assert!(ending.text.contains("1.50\u{a0}MAD"), "{}", ending.text);
        let facts = [("flavour", "H100"), ("left", "5400"), ("lot", "Welcome")];
        let facts = facts.map(|(name, fact)| (name.to_owned(), fact.to_owned())).into();
        let ending = Words::new(Locale::En, "UTC").letter(LetterKind::LotEnding, &facts, "https://gpu.example.org");
        assert!(ending.text.contains("1\u{a0}h 30\u{a0}min of H100"), "{}", ending.text);
    }

    #[test]
    fn an_answer_on_a_contested_line_says_what_became_of_it_in_the_hubs_words_and_leads_to_it() {
        let answered = |change: &str| {
            let facts = [
                ("change", change),
                ("organisation", "Rif Robotics"),
                ("slug", "rif-robotics"),
                ("dispute", "dsp_1"),
                ("invoice", "TM-2026-000007"),
                ("line", "2"),
                ("note", "TMC-2026-000001"),
                ("amount", "36000000 MAD"),
                ("reason", "The node was down."),
            ];
            let facts = facts.map(|(name, fact)| (name.to_owned(), fact.to_owned())).into();
            Words::new(Locale::En, "UTC").letter(LetterKind::LineAnswered, &facts, "https://gpu.example.org")
        };
        let (credited, refused) = (answered("credited"), answered("refused"));
        assert_eq!(credited.subject, "Line 2 of invoice TM-2026-000007 is credited");
        assert!(credited.text.contains("TMC-2026-000001 of 36.00\u{a0}MAD"), "{}", credited.text);
        assert!(credited.text.contains("/o/rif-robotics/disputes/dsp_1\n"), "{}", credited.text);
        assert!(refused.text.contains("The node was down.") && !refused.text.contains("TMC-"), "{}", refused.text);
    }

    #[test]
    fn what_waits_for_a_signature_is_said_with_who_asked_and_leads_to_where_it_is_signed() {
        let waits = |word: &str, month: &str| {
            let facts = [
                ("word", word),
                ("by", "Amina"),
                ("amount", "250000000 MAD"),
                ("organisation", "Rif Robotics"),
                ("slug", "rif-robotics"),
                ("sign_off", "sgn_1"),
                ("month", month),
            ];
            let facts = facts.map(|(name, fact)| (name.to_owned(), fact.to_owned())).into();
            Words::new(Locale::En, "UTC").letter(LetterKind::SignOffWaits, &facts, "https://gpu.example.org")
        };
        let (refund, close) = (waits("refund", ""), waits("close", "2026-10"));
        assert!(refund.text.contains("Amina wants to give 250.00\u{a0}MAD back to Rif Robotics"), "{}", refund.text);
        assert!(refund.text.contains("/staff/billing/rif-robotics/sign-offs/sgn_1\n"), "{}", refund.text);
        assert!(close.subject.contains("2026-10") && close.text.contains("/staff/close/2026-10\n"), "{}", close.text);
    }

    #[test]
    fn a_looser_limit_that_waits_is_said_beside_the_present_one_and_leads_to_where_it_is_agreed_to() {
        let waits = |wanted: &str| {
            let facts = [
                ("word", "refund"),
                ("by", "Amina"),
                ("currency", "MAD"),
                ("present", "250000000 MAD"),
                ("wanted", wanted),
            ];
            let facts = facts.map(|(name, fact)| (name.to_owned(), fact.to_owned())).into();
            Words::new(Locale::En, "UTC").letter(LetterKind::SignOffLimitWaits, &facts, "https://gpu.example.org")
        };
        let (looser, none) = (waits("900000000 MAD"), waits("").text);
        assert_eq!(looser.subject, "A looser limit waits for you: refunds in MAD");
        for said in
            ["Amina asks that one person alone may give money back: up to 900.00\u{a0}MAD.", "up to 250.00\u{a0}MAD."]
        {
            assert!(looser.text.contains(said), "{}", looser.text);
        }
        assert!(none.contains("one person alone may give money back: any amount."), "{none}");
        assert!(none.contains("https://gpu.example.org/staff/sign-offs\n"), "{none}");
    }

    #[test]
    fn a_name_cannot_become_markup_or_another_header() {
        assert!(letter(Locale::En, LetterKind::Invitation, "").text.starts_with("Hello,\n"));
        let letter = letter(Locale::En, LetterKind::PasswordChanged, "<b>\"x\" & y</b>");
        assert!(letter.html.contains("&lt;b&gt;&quot;x&quot; &amp; y&lt;/b&gt;") && !letter.html.contains("<b>"));
    }
}
