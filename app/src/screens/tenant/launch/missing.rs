//! What the launch page says where nothing can be chosen: no flavour, or no project that the reader is among.

use domain::{
    Tx,
    access::{
        Permission,
        policy::{LaunchInstances, ManageProjects, ReadMembers},
    },
    organisations,
};
use messages::say;
use session::Refused;

use super::Shown;
use crate::{
    Room, Way,
    components::{Button, Empty},
};

/// Whom somebody in no project is told to ask, at most.
const MOST_ASKED: usize = 3;

/// Who may say who launches in a project, by name.
pub(super) async fn managers_in(room: &Room<LaunchInstances>, tx: &Tx) -> Result<Vec<String>, Refused> {
    let members = organisations::list_members_in(tx, &room.seat.prove::<ReadMembers>()?).await?.items;
    let managers = members.into_iter().filter(|member| ManageProjects::missing(Some(member.role), &[]).is_none());
    Ok(managers.map(|member| member.name).take(MOST_ASKED).collect())
}

/// What is missing, with the next step; nothing where something can be launched.
pub(super) fn something(room: &Room<LaunchInstances>, shown: &Shown) -> Option<Empty> {
    let words = room.words();
    if shown.flavours.is_empty() {
        let (title, words) = (say!(words, "catalogue-empty"), say!(words, "catalogue-empty-means"));
        return Some(Empty { title, words, next: None });
    }
    if !shown.projects.is_empty() {
        return None;
    }
    let names = shown.to_ask.join(&say!(words, "list-and"));
    let members = Button::new(say!(words, "nav-members")).to(room.href(Way::Members.path()));
    let (title, words) = (say!(words, "launch-no-project"), say!(words, "launch-no-project-means", names = names));
    Some(Empty { title, words, next: Some(members) })
}
