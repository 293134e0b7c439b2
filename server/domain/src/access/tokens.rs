//! The look-up that turns a program's token into a seat. Making and revoking tokens stands in `tokens`.

use sea_orm::{ConnectionTrait, FromQueryResult};
use types::{FlavourId, OrganisationId, OrganisationStanding, ProjectId, Role, Timestamp, TokenId, UserId};
use uuid::Uuid;

use super::{Principal, Reach, Seat, hashed, scope::Holder, secret};
use crate::{Database, Error, Result, database::statement};

#[derive(FromQueryResult)]
struct TokenRow {
    organisation_id: OrganisationId,
    slug: String,
    name: String,
    state: OrganisationStanding,
    token_id: TokenId,
    held_by: Option<UserId>,
    role: Role,
    permissions: Vec<String>,
    projects: Vec<Uuid>,
    flavours: Vec<Uuid>,
    most_units: Option<i32>,
    used_at: Option<Timestamp>,
}

/// The seat of a program that came with a token, in the one organisation that the token is of.
///
/// # Errors
/// `Unauthenticated` for a token that is none, unknown, revoked, over, or not for this address; `NotFound` for another
/// organisation, in the same words as for one that does not exist.
pub async fn seat_of_token(db: &Database, token: &str, address: &str, place: &str, now: Timestamp) -> Result<Seat> {
    let row = row_of(db, token, address, now).await?;
    if place != row.slug && place.parse() != Ok(row.organisation_id) {
        return Err(Error::NotFound);
    }
    if row.used_at.is_none_or(|at| now.seconds_since(at) > 60) {
        let touch = statement("SELECT touch_token($1, $2, $3)", [row.token_id.into(), address.into(), now.into()]);
        db.before_scope().execute_raw(touch).await?;
    }
    Ok(row.seat(address))
}

async fn row_of(db: &Database, token: &str, address: &str, now: Timestamp) -> Result<TokenRow> {
    // What nobody can have made is not asked of the database.
    if !secret::is_one(token) {
        return Err(Error::Unauthenticated);
    }
    let values = [hashed(token).into(), address.into(), now.into()];
    let query = statement("SELECT * FROM token_of($1, $2::text::inet, $3)", values);
    TokenRow::find_by_statement(query).one(db.before_scope()).await?.ok_or(Error::Unauthenticated)
}

impl TokenRow {
    fn seat(self, address: &str) -> Seat {
        let reach = Reach {
            projects: self.projects.into_iter().map(ProjectId::from_uuid).collect(),
            flavours: self.flavours.into_iter().map(FlavourId::from_uuid).collect(),
            most_units: self.most_units.map(i32::unsigned_abs),
        };
        let (token, user, address) = (self.token_id, self.held_by, address.to_owned());
        Seat {
            organisation: self.organisation_id,
            slug: self.slug,
            name: self.name,
            standing: self.state,
            role: Some(self.role),
            seen_as: None,
            holder: Holder::Token {
                principal: Principal::Token { token, user, address, request: None, reach },
                permissions: self.permissions,
            },
        }
    }
}
