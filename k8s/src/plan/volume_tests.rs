//! What is planned of a volume's claim.

use uuid::Uuid;

use super::*;

fn wish(size_gb: i64, wish_seq: i64, is_gone: bool, uid: Option<&str>) -> VolumeWish {
    VolumeWish {
        organisation: OrganisationId::from_uuid(Uuid::from_u128(1)),
        volume: VolumeId::from_uuid(Uuid::from_u128(2)),
        name: "data".to_owned(),
        size_gb,
        wish_seq,
        is_gone,
        uid: uid.map(str::to_owned),
    }
}

fn claim(wanted_gb: i64, wish_seq: i64) -> ClaimSeen {
    ClaimSeen {
        organisation: OrganisationId::from_uuid(Uuid::from_u128(1)),
        volume: VolumeId::from_uuid(Uuid::from_u128(2)),
        wish_seq,
        uid: "a".to_owned(),
        phase: ClaimPhase::Bound,
        wanted_gb,
        capacity_gb: wanted_gb,
        created_at: Timestamp::from_second(0),
        is_ending: false,
    }
}

#[test]
fn a_claim_is_made_once_grown_and_then_left_alone() {
    let new = wish(10, 5, false, None);
    assert_eq!(plan_volume(&new, None, false), Some(Action::ApplyClaim(new)));
    assert_eq!(plan_volume(&wish(10, 5, false, Some("a")), Some(&claim(10, 5)), false), None);
    let grown = wish(20, 6, false, Some("a"));
    assert_eq!(plan_volume(&grown, Some(&claim(10, 5)), false), Some(Action::ApplyClaim(grown)));
}

#[test]
fn a_claim_without_storage_grows_once_it_has_some() {
    let grown = wish(20, 6, false, Some("a"));
    let waiting = ClaimSeen { phase: ClaimPhase::Pending, capacity_gb: 0, ..claim(10, 5) };
    assert_eq!(plan_volume(&grown, Some(&waiting), false), None);
    assert_eq!(plan_volume(&grown, Some(&claim(10, 5)), false), Some(Action::ApplyClaim(grown)));
    let renamed = wish(10, 6, false, Some("a"));
    assert_eq!(plan_volume(&renamed, Some(&waiting), false), Some(Action::ApplyClaim(renamed)), "nothing grows here");
}

#[test]
fn a_claim_is_taken_away_only_when_nothing_of_it_is_to_be_left() {
    let gone = wish(10, 6, true, Some("a"));
    let delete = Action::DeleteClaim { organisation: gone.organisation, volume: gone.volume, uid: "a".to_owned() };
    assert_eq!(plan_volume(&gone, Some(&claim(10, 5)), false), Some(delete));
    assert_eq!(plan_volume(&gone, Some(&claim(10, 5)), true), None, "deletions wait for the operator");
    assert_eq!(plan_volume(&gone, Some(&claim(10, 7)), false), None, "the database is older than the cluster");
    assert_eq!(plan_volume(&gone, Some(&ClaimSeen { is_ending: true, ..claim(10, 5) }), false), None);
    assert_eq!(plan_volume(&wish(10, 6, true, Some("b")), Some(&claim(10, 5)), false), None, "another claim");
    assert_eq!(plan_volume(&gone, None, false), None);
}

#[test]
fn a_claim_that_is_gone_is_not_replaced_by_an_empty_one() {
    assert_eq!(plan_volume(&wish(10, 5, false, Some("a")), None, false), None);
    assert_eq!(plan_volume(&wish(10, 5, false, Some("b")), Some(&claim(10, 5)), false), None);
    assert_eq!(plan_volume(&wish(10, 6, false, Some("a")), Some(&claim(20, 5)), false), None, "never smaller");
}
