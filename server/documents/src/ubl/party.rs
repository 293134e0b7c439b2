//! Who sells and who buys, as the standard names them.

use en16931::{
    Identifier,
    invoice::{Code, Party, PostalAddress},
};

use super::terms::{filled, plain};

/// The seller. Its tax number (IF) is what VAT is declared under in Morocco, so it stands as VAT number too, with the
/// country before it, where no other is known.
pub(super) fn seller(party: &types::Party) -> Party {
    Party {
        tax_registration: said(party.tax_id.as_deref()),
        additional_legal_information: said(party.business_tax.as_deref()).map(|number| format!("TP {number}")),
        ..buyer(party)
    }
}

/// The buyer.
pub(super) fn buyer(party: &types::Party) -> Party {
    Party {
        name: filled(&party.name),
        identifiers: said(party.ice.as_deref()).map(Identifier::new).into_iter().collect(),
        legal_registration: said(party.trade_register.as_deref()).map(Identifier::new),
        vat_identifier: vat(party),
        address: address(party),
        ..Party::default()
    }
}

fn said(text: Option<&str>) -> Option<String> {
    text.and_then(filled)
}

/// Begins with a country's letters (BR-CO-09).
fn vat(party: &types::Party) -> Option<String> {
    let number = said(party.vat_id.as_deref()).or_else(|| said(party.tax_id.as_deref()))?;
    let is_prefixed = number.len() > 2 && number.bytes().take(2).all(|byte| byte.is_ascii_uppercase());
    Some(if is_prefixed { number } else { format!("{}{number}", plain(&party.country)) })
}

fn address(party: &types::Party) -> PostalAddress {
    let mut lines = party.address.lines().filter_map(filled);
    let (line1, line2) = (lines.next(), lines.next());
    let rest = lines.collect::<Vec<_>>().join(", ");
    PostalAddress {
        line1,
        line2,
        line3: filled(&rest),
        country: filled(&party.country).map(Code::new),
        ..PostalAddress::default()
    }
}
