//! What each role may do, beside each choice of a role: a grid in three languages that says what the policy says.

use axum::http::StatusCode;
use domain::access::policy;
use messages::{Locale, Words};
use types::Role;

use crate::{LOCALES, NOW, portal::TestPortal};

/// A row for each permission of members, and whether each role has it.
fn drawn(page: &str) -> Vec<(String, Vec<bool>)> {
    let (_, grid) = page.split_once("class=\"matrix\"").unwrap();
    let (grid, _) = grid.split_once("</table>").unwrap();
    let rows = grid.split("<th scope=\"row\">").skip(1).map(|row| {
        let (permission, cells) = row.split_once("</th>").unwrap();
        let cells = cells.split("<td class=\"").skip(1);
        (permission.to_owned(), cells.map(|cell| cell.starts_with("yes\"")).collect())
    });
    rows.collect()
}

#[tokio::test]
async fn wherever_a_role_is_chosen_the_policy_stands_beside_as_a_grid() {
    let portal = TestPortal::new().await;
    // Whoever gives a role has just shown who they are.
    portal.world.run(&format!("UPDATE session SET proved_at = '{NOW}'"), []).await;
    let member = portal.world.actor("developer@atlas.test").await.person().id;
    for (name, path) in [
        ("members-grid", "/o/atlas/members".to_owned()),
        ("member", format!("/o/atlas/members/{member}")),
        ("invite", "/o/atlas/members/invite".to_owned()),
        ("domain-new", "/o/atlas/domains/new".to_owned()),
    ] {
        for locale in LOCALES {
            let page = portal.get_in("owner@atlas.test", locale, &path).await;
            assert_eq!(page.status, StatusCode::OK, "{path}: {}", page.body);
            page.keep(&format!("{name}.{locale}.html"));
            let words = Words::new(Locale::of_tag(locale).unwrap(), "Africa/Casablanca");
            let of_members = policy::TABLE.iter().filter(|row| !row.roles.is_empty());
            let expected = of_members.map(|row| {
                let permission = words.say("permission", &[("word", row.permission.into())]);
                (permission, Role::ALL.iter().map(|role| row.roles.contains(role)).collect::<Vec<_>>())
            });
            assert_eq!(drawn(&page.body), expected.collect::<Vec<_>>(), "{name} in {locale}");
            for role in Role::ALL {
                let head = format!("<th scope=\"col\"><span>{}</span></th>", words.role(*role));
                assert!(page.body.contains(&head), "{head} in {name} in {locale}: {}", page.body);
                assert!(page.body.contains(&words.role_meaning(*role)), "{name} in {locale}: {}", page.body);
            }
            for fault in [" style=", "{$", "{ $", "roles-"] {
                assert!(!page.body.contains(fault), "{fault} in {name} in {locale}: {}", page.body);
            }
            assert_eq!(page.body.matches("<h1").count(), 1, "headings of {name}");
            assert_eq!(page.twice(), Vec::<String>::new(), "ids that stand twice in {name}");
        }
    }
}
