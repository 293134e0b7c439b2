//! Whether an address has an account is told to nobody who asks: not by what is answered, nor by when it is slowed down.

use axum::http::HeaderMap;

use crate::portal::TestPortal;

const ADDRESS: &str = "lina@acme.test";

/// What a portal answers to so many askings by one form, one after the other.
async fn answers(portal: &TestPortal, path: &str, fields: &str) -> Vec<(u16, HeaderMap, String)> {
    let mut answers = Vec::new();
    for _ in 0..7 {
        let mut answer = portal.nobody().form(path, &format!("email={ADDRESS}{fields}")).await;
        let request = answer.headers.remove("x-request-id").unwrap();
        answers.push((answer.status, answer.headers, answer.body.replace(request.to_str().unwrap(), "req_…")));
    }
    answers
}

#[tokio::test]
async fn letters_and_sign_ins_are_answered_alike_with_and_without_an_account() {
    for (path, fields) in
        [("/password/forgotten", ""), ("/register", ""), ("/sign-in", "&password=wrong+horse+battery")]
    {
        // In a portal of its own each, so that every byte may be compared.
        let (known, unknown) = (TestPortal::new().await, TestPortal::new().await);
        known.person(ADDRESS).await;
        let (known, unknown) = (answers(&known, path, fields).await, answers(&unknown, path, fields).await);
        assert_eq!(known, unknown, "{path}");
        let slowed = known.iter().position(|(status, ..)| *status == 429);
        assert_eq!(slowed, Some(5), "{path}: {known:?}");
    }
}
