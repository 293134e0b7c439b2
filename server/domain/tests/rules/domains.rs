//! Coming into an organisation by the domain of one's address, on a real PostgreSQL.

use domain::{
    Error,
    access::{
        Arrival, Entry, Foreigner, NewSession, Origin, arrive, invitation_of, join, link,
        policy::{ConfirmDomains, ManageDomain, ManageMembers, ReadMembers},
        signed_in,
    },
    commands::Command,
    mail::{record_sent, take_due},
    organisations::{
        answer_domain, claim_domain, domain_in, domain_to_confirm_in, give_up_domain, invite, leave, list_domains,
        remove_member,
    },
};
use types::{AnswerDomain, ClaimDomain, DomainAnswer, DomainId, DomainView, Invite, LetterKind, Role, UserId};

use crate::world::{JOB, Tenant, World, noon};

const DOMAIN: &str = "new.example";

fn ask(name: &str, role: Role) -> ClaimDomain {
    ClaimDomain { name: name.to_owned(), provider: "peer".to_owned(), role }
}

async fn claimed(world: &World, tenant: Tenant, ask: ClaimDomain) -> domain::Result<DomainView> {
    let email = format!("owner@{}.test", tenant.slug);
    let scope = world.scope::<ManageDomain>(&email, tenant).await;
    let recent = world.actor(&email).await.recent(noon()).unwrap();
    let command = Command::new(&format!("{}{}", ask.name, ask.role), "claim_domain", &ask).unwrap();
    claim_domain(&world.db, &scope, recent, command, ask, noon()).await
}

async fn answered(world: &World, tenant: Tenant, id: DomainId, answer: DomainAnswer) -> domain::Result<DomainView> {
    let scope = world.scope::<ConfirmDomains>("operator@hub.test", tenant).await;
    let recent = world.actor("operator@hub.test").await.recent(noon()).unwrap();
    let ask = AnswerDomain { id, answer, reason: "dig shows the record".to_owned() };
    answer_domain(&world.db, &scope, recent, &ask, noon()).await
}

/// `atlas` has the domain, whose people become developers.
async fn confirmed(world: &World) -> DomainView {
    let domain = claimed(world, world.atlas, ask(DOMAIN, Role::Developer)).await.unwrap();
    answered(world, world.atlas, domain.id, DomainAnswer::Confirm).await.unwrap()
}

/// The one letter that waits tells an owner what the hub answered, and why.
async fn heard(world: &World, owner: &str, answer: &str) {
    let letter = take_due(&world.db, JOB, noon()).await.unwrap().unwrap();
    record_sent(&world.db, JOB, &letter, noon()).await.unwrap();
    assert_eq!((letter.kind, letter.recipient.as_str()), (LetterKind::DomainAnswered, owner));
    let says = |name: &str| letter.arguments[name].as_str();
    assert_eq!((says("change"), says("domain"), says("reason")), (answer, DOMAIN, "dig shows the record"));
    assert!(take_due(&world.db, JOB, noon()).await.unwrap().is_none(), "a refusal that failed tells nobody");
}

fn foreigner(subject: &str, email: Option<&str>, provider: &str) -> Foreigner {
    Foreigner {
        issuer: format!("https://{provider}.test"),
        subject: subject.to_owned(),
        proven_email: email.map(str::to_owned),
        name: Some(subject.to_owned()),
        origin: Origin { provider: provider.to_owned(), sid: None, id_token: None },
    }
}

fn session(email: &str, password: &str) -> NewSession {
    NewSession {
        email: email.to_owned(),
        password: password.to_owned(),
        device: "Firefox".to_owned(),
        address: "192.0.2.9".to_owned(),
        language: "fr".to_owned(),
    }
}

/// Signs in by the provider; who it is.
async fn came(world: &World, who: &Foreigner) -> UserId {
    match arrive(&world.db, who, &session("", ""), noon()).await.unwrap() {
        Arrival::Known(Entry::In(token)) => signed_in(&world.db, token.reveal(), "", noon()).await.unwrap().person().id,
        other => panic!("{other:?}"),
    }
}

async fn role(world: &World, tenant: Tenant, user: UserId) -> Option<String> {
    let sql = "SELECT count(*) AS n FROM member WHERE organisation_id = $1 AND user_id = $2 AND role = $3";
    for role in Role::ALL {
        let values = [tenant.id.into(), user.into(), role.word().into()];
        if world.number(sql, values).await == 1 {
            return Some(role.word().to_owned());
        }
    }
    None
}

async fn n_rows(world: &World, verb: &str) -> i64 {
    world.number("SELECT count(*) AS n FROM audit WHERE verb = $1", [verb.into()]).await
}

#[tokio::test]
async fn nobody_comes_in_by_a_domain_before_the_hub_has_confirmed_it_and_then_its_people_do() {
    let world = World::new().await;
    let (amina, address) = ("amina", "amina@new.example");
    let domain = claimed(&world, world.atlas, ask(" New.EXAMPLE ", Role::Developer)).await.unwrap();
    assert_eq!((domain.name.as_str(), domain.confirmed_at), (DOMAIN, None));
    assert_eq!(domain.claimed_by.as_deref(), Some("owner@atlas.test"));
    let early = came(&world, &foreigner(amina, Some(address), "peer")).await;
    assert_eq!(role(&world, world.atlas, early).await, None);
    answered(&world, world.atlas, domain.id, DomainAnswer::Confirm).await.unwrap();
    heard(&world, "owner@atlas.test", "confirm").await;
    // Who is here already joins when they sign in the next time.
    assert_eq!(came(&world, &foreigner(amina, Some(address), "peer")).await, early);
    assert_eq!(role(&world, world.atlas, early).await.as_deref(), Some("developer"));
    let letter = take_due(&world.db, JOB, noon()).await.unwrap().unwrap();
    assert_eq!((letter.kind, letter.recipient.as_str()), (LetterKind::MemberJoined, "owner@atlas.test"));
    let says = |name: &str| letter.arguments[name].as_str();
    assert_eq!((says("member"), says("email"), says("domain"), says("slug")), (amina, address, DOMAIN, "atlas"));
    for (verb, n) in [("domain.claimed", 1), ("domain.confirmed", 1), ("member.joined", 1)] {
        assert_eq!(n_rows(&world, verb).await, n, "{verb}");
    }
    // Once is enough.
    came(&world, &foreigner(amina, Some(address), "peer")).await;
    assert_eq!(n_rows(&world, "member.joined").await, 1);
    // A new account joins at once, a linked one as it is linked.
    let new = came(&world, &foreigner("youssef", Some("youssef@new.example"), "peer")).await;
    assert_eq!(role(&world, world.atlas, new).await.as_deref(), Some("developer"));
    let password = "a few words in a row";
    let known = world.founding.add_person("salma@new.example", "Salma", password, noon()).await.unwrap();
    let salma = foreigner("salma", Some("salma@new.example"), "peer");
    let arrival = arrive(&world.db, &salma, &session("", ""), noon()).await.unwrap();
    let Arrival::Offered { token, email } = arrival else { panic!("{arrival:?}") };
    assert_eq!(role(&world, world.atlas, known).await, None);
    link(&world.db, token.reveal(), session(&email, password), noon()).await.unwrap();
    assert_eq!(role(&world, world.atlas, known).await.as_deref(), Some("developer"));
}

#[tokio::test]
async fn only_a_verified_address_at_the_whole_domain_from_its_provider_lets_in() {
    let world = World::new().await;
    confirmed(&world).await;
    for (n, (email, provider)) in [
        ("amina@mail.new.example", "peer"),
        ("amina@new.example.evil.example", "peer"),
        ("amina@anew.example", "peer"),
        ("amina@new.example", "another"),
    ]
    .into_iter()
    .enumerate()
    {
        let user = came(&world, &foreigner(&format!("s{n}"), Some(email), provider)).await;
        assert_eq!(role(&world, world.atlas, user).await, None, "{email} of {provider}");
    }
    // One who is known and whose address the provider no longer vouches for.
    came(&world, &foreigner("amina", Some("amina@elsewhere.example"), "peer")).await;
    let user = came(&world, &foreigner("amina", None, "peer")).await;
    assert_eq!(role(&world, world.atlas, user).await, None);
    let upper = came(&world, &foreigner("amina", Some("Amina@NEW.example"), "peer")).await;
    assert_eq!(role(&world, world.atlas, upper).await.as_deref(), Some("developer"));
}

#[tokio::test]
async fn a_domain_belongs_to_one_organisation_and_an_organisation_has_one() {
    let world = World::new().await;
    let ours = confirmed(&world).await;
    let theirs = claimed(&world, world.breton, ask(DOMAIN, Role::Viewer)).await.unwrap();
    let taken = answered(&world, world.breton, theirs.id, DomainAnswer::Confirm).await;
    assert!(matches!(taken, Err(Error::Conflict("domain-taken"))), "{taken:?}");
    let twice = answered(&world, world.atlas, ours.id, DomainAnswer::Confirm).await;
    assert!(matches!(twice, Err(Error::Conflict("domain-confirmed"))), "{twice:?}");
    let second = claimed(&world, world.atlas, ask("other.example", Role::Viewer)).await;
    assert!(matches!(second, Err(Error::Conflict("domain-there"))), "{second:?}");
    let foreign = answered(&world, world.atlas, theirs.id, DomainAnswer::Refuse).await;
    assert!(matches!(foreign, Err(Error::NotFound)), "{foreign:?}");
    heard(&world, "owner@atlas.test", "confirm").await;
    answered(&world, world.breton, theirs.id, DomainAnswer::Refuse).await.unwrap();
    heard(&world, "owner@breton.test", "refuse").await;
    let survey = world.survey::<ConfirmDomains>("operator").await;
    let open = world.db.survey(&survey, noon()).await.unwrap();
    let listed = list_domains(&open, &survey).await.unwrap().items;
    assert_eq!(listed.iter().map(|row| row.organisation_slug.as_str()).collect::<Vec<_>>(), ["atlas"]);
    assert!(listed[0].domain.confirmed_at.is_some());
    let scope = world.scope::<ConfirmDomains>("operator@hub.test", world.breton).await;
    let tx = world.db.look(&scope, noon()).await.unwrap();
    assert!(matches!(domain_to_confirm_in(&tx, &scope, ours.id).await, Err(Error::NotFound)));
}

#[tokio::test]
async fn what_cannot_be_claimed_says_why_and_only_owners_ask_and_the_operator_answers() {
    let world = World::new().await;
    let before = world.fingerprint().await;
    for (wrong, field) in [
        (ask("gmail.com", Role::Viewer), "name"),
        (ask("new", Role::Viewer), "name"),
        (ask("", Role::Viewer), "name"),
        (ask(DOMAIN, Role::Owner), "role"),
    ] {
        let refused = claimed(&world, world.atlas, wrong).await;
        assert!(matches!(refused, Err(Error::Invalid { field: f, .. }) if f == field), "{refused:?}");
    }
    assert_eq!(world.fingerprint().await, before);
    for role in ["admin", "developer", "billing", "viewer"] {
        let seat = world.actor(&format!("{role}@atlas.test")).await.enter(&world.db, "atlas").await.unwrap();
        assert!(matches!(seat.prove::<ManageDomain>(), Err(Error::Forbidden("ManageDomain"))), "{role}");
    }
    for role in ["incubator", "finance", "auditor"] {
        let survey = world.actor(&format!("{role}@hub.test")).await.prove::<ConfirmDomains>();
        assert!(matches!(survey, Err(Error::Forbidden("ConfirmDomains"))), "{role}");
    }
}

#[tokio::test]
async fn a_domain_that_is_taken_back_lets_nobody_in_and_its_members_stay() {
    let world = World::new().await;
    let domain = confirmed(&world).await;
    let amina = came(&world, &foreigner("amina", Some("amina@new.example"), "peer")).await;
    let scope = world.scope::<ManageDomain>("owner@atlas.test", world.atlas).await;
    give_up_domain(&world.db, &scope, domain.id, noon()).await.unwrap();
    let again = give_up_domain(&world.db, &scope, domain.id, noon()).await;
    assert!(matches!(again, Err(Error::NotFound)), "{again:?}");
    let late = came(&world, &foreigner("youssef", Some("youssef@new.example"), "peer")).await;
    assert_eq!(role(&world, world.atlas, late).await, None);
    assert_eq!(role(&world, world.atlas, amina).await.as_deref(), Some("developer"));
    let reads = world.scope::<ReadMembers>("viewer@atlas.test", world.atlas).await;
    let tx = world.db.look(&reads, noon()).await.unwrap();
    assert_eq!(domain_in(&tx, &reads).await.unwrap(), None);
}

#[tokio::test]
async fn who_was_removed_or_left_stays_out_until_somebody_invites_them() {
    let world = World::new().await;
    confirmed(&world).await;
    let (amina, youssef) = (
        foreigner("amina", Some("amina@new.example"), "peer"),
        foreigner("youssef", Some("youssef@new.example"), "peer"),
    );
    let (removed, left) = (came(&world, &amina).await, came(&world, &youssef).await);
    let scope = world.scope::<ManageMembers>("owner@atlas.test", world.atlas).await;
    let recent = world.actor("owner@atlas.test").await.recent(noon()).unwrap();
    remove_member(&world.db, &scope, recent, removed, noon()).await.unwrap();
    let arrival = arrive(&world.db, &youssef, &session("", ""), noon()).await.unwrap();
    let Arrival::Known(Entry::In(token)) = arrival else { panic!("{arrival:?}") };
    let actor = signed_in(&world.db, token.reveal(), "", noon()).await.unwrap();
    let own = actor.enter(&world.db, "atlas").await.unwrap().prove().unwrap();
    leave(&world.db, &own, noon()).await.unwrap();
    for (who, user) in [(&amina, removed), (&youssef, left)] {
        assert_eq!(came(&world, who).await, user);
        assert_eq!(role(&world, world.atlas, user).await, None, "{who:?}");
    }
    while let Some(letter) = take_due(&world.db, JOB, noon()).await.unwrap() {
        record_sent(&world.db, JOB, &letter, noon()).await.unwrap();
    }
    let ask = Invite { email: "youssef@new.example".to_owned(), role: Role::Viewer };
    let command = Command::new("again", "invite", &ask).unwrap();
    invite(&world.db, &scope, recent, command, (ask, "en"), noon()).await.unwrap();
    let letter = take_due(&world.db, JOB, noon()).await.unwrap().unwrap();
    let token = &letter.arguments["token"];
    assert!(invitation_of(&world.db, token, noon()).await.unwrap().is_some());
    join(&world.db, &actor, token, noon()).await.unwrap();
    came(&world, &youssef).await;
    assert_eq!(role(&world, world.atlas, left).await.as_deref(), Some("viewer"), "what the invitation gave stays");
}
