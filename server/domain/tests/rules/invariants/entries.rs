//! Which entries the database itself takes, whoever writes them.

use sea_orm::DbErr;
use uuid::Uuid;

use super::sums::adds_up;
use crate::world::{
    Tenant, World,
    dice::{Dice, cases},
    noon,
};

const UNITS: [&str; 2] = ["MAD", "EUR"];
/// Accounts of the house of which no check says what they must hold.
const KINDS: [&str; 4] = ["bank", "revenue", "breakage", "deferred"];

/// A posting to be: the account, and the amount.
type Line = (Uuid, i64);

/// The house's accounts in a unit.
async fn house(world: &World, unit: &str) -> Vec<Uuid> {
    let mut accounts = Vec::new();
    for kind in KINDS {
        accounts.push(id(world, &format!("SELECT house_account('{kind}', '{unit}') AS id")).await);
    }
    accounts
}

async fn wallet(world: &World, tenant: Tenant) -> Uuid {
    let whose = tenant.id.uuid();
    id(world, &format!("SELECT id FROM account WHERE organisation_id = '{whose}' AND kind = 'wallet'")).await
}

async fn id(world: &World, sql: &str) -> Uuid {
    world.database().rows(sql).await.unwrap()[0]["id"].as_str().unwrap().parse().unwrap()
}

/// Not nothing, on one side or the other.
fn amount(dice: &mut Dice) -> i64 {
    (1 + dice.roll(1_000_000_000)) * dice.one_of(&[1, -1])
}

/// Lines on accounts of one unit that sum to zero, two at least.
fn balanced(accounts: &[Uuid], dice: &mut Dice) -> Vec<Line> {
    let mut lines: Vec<Line> = (0..=dice.roll(3)).map(|_| (dice.one_of(accounts), amount(dice))).collect();
    let sum: i64 = lines.iter().map(|(_, amount)| amount).sum();
    if sum == 0 {
        lines.truncate(1);
    }
    let rest = -lines.iter().map(|(_, amount)| amount).sum::<i64>();
    lines.push((dice.one_of(accounts), rest));
    lines
}

/// Writes an entry of the tenant as the owner of the tables, whom no grant and no policy binds.
async fn write(world: &World, tenant: Tenant, key: &str, lines: &[Line]) -> Result<(), DbErr> {
    let sql = "WITH e AS (INSERT INTO journal_entry (id, organisation_id, command_key, kind, memo, booked_at, salt)
                          VALUES (gen_random_uuid(), $1, $2, 'top_up', '{}', $3, '') RETURNING id)
               INSERT INTO posting (entry_id, line, organisation_id, account_id, amount)
               SELECT e.id, l.line::smallint, $1, l.account, l.amount
               FROM e, unnest($4::uuid[], $5::bigint[]) WITH ORDINALITY AS l(account, amount, line)";
    let accounts: Vec<Uuid> = lines.iter().map(|(account, _)| *account).collect();
    let amounts: Vec<i64> = lines.iter().map(|(_, amount)| *amount).collect();
    world.try_run(sql, [tenant.id.into(), key.into(), noon().into(), accounts.into(), amounts.into()]).await
}

#[tokio::test]
async fn the_database_takes_exactly_the_entries_that_sum_to_zero_among_their_own_organisations_accounts() {
    let world = World::new().await;
    let (own, other) = (world.atlas, world.another("other").await);
    for tenant in [own, other] {
        world.top_up(tenant, tenant.slug, 1_000_000_000, noon()).await.unwrap();
    }
    let houses = [house(&world, UNITS[0]).await, house(&world, UNITS[1]).await];
    let foreign = wallet(&world, other).await;
    let (mut n_taken, mut n_refused) = (0, 0);
    for (case, mut dice) in cases() {
        let mut lines = balanced(&houses[0], &mut dice);
        if dice.roll(2) == 0 {
            lines.extend(balanced(&houses[1], &mut dice));
        }
        let key = case.word("entry");
        let is_right = dice.roll(2) == 0;
        if !is_right {
            // The first line is one of dirhams.
            match dice.roll(4) {
                0 => lines[0].1 *= 2,
                1 => {
                    lines.remove(0);
                }
                2 => lines[0].0 = dice.one_of(&houses[1]),
                _ => lines[0].0 = foreign,
            }
        }
        dice.shuffle(&mut lines);
        let written = write(&world, own, key, &lines).await;
        let booked = "SELECT count(*) AS n FROM posting p JOIN journal_entry e ON e.id = p.entry_id
                      WHERE e.command_key = $1";
        let n_booked = world.number(booked, [key.into()]).await;
        if is_right {
            written.unwrap();
            assert_eq!(usize::try_from(n_booked).unwrap(), lines.len());
            n_taken += 1;
        } else {
            let refused = written.unwrap_err().to_string();
            let said = "does not sum to zero among its own organisation's accounts";
            assert!(refused.contains(said), "{lines:?}: {refused}");
            assert_eq!(n_booked, 0, "{lines:?}");
            n_refused += 1;
        }
        adds_up(&world, own.id).await;
    }
    assert!(n_taken > 9 && n_refused > 9, "{n_taken} were right and {n_refused} wrong");
    world.assert_balanced().await;
}
