//! The demo world's people: as a table for a person, in `data/dev.json` for scripts.

use std::fs;

use anyhow::Context;
use serde_json::{Value, json};

use super::programs::Programs;
use crate::{terminal, workspace::Workspace};

/// Somebody who can sign in.
#[derive(Debug)]
pub(super) struct SignIn {
    email: String,
    password: String,
    role: String,
}

impl SignIn {
    /// Reads what `tamuda admin seed-demo --json` printed.
    pub(super) fn parse(text: &str) -> anyhow::Result<Vec<Self>> {
        let people: Vec<Value> =
            serde_json::from_str(text).context("`tamuda admin seed-demo --json` printed no list")?;
        let word = |person: &Value, key: &str| person[key].as_str().map(str::to_owned);
        let read = |person: &Value| {
            Some(Self {
                email: word(person, "email")?,
                password: word(person, "password")?,
                role: word(person, "role")?,
            })
        };
        people.iter().map(read).collect::<Option<_>>().context("a demo sign-in lacks its email, password or role")
    }
}

/// Writes `data/dev.json`: the portal's address, the sign-ins, and the simulator's kubeconfig.
pub(super) fn keep(workspace: &Workspace, programs: &Programs<'_>, people: &[SignIn]) -> anyhow::Result<()> {
    let one = |SignIn { email, password, role }: &SignIn| json!({ "email": email, "password": password, "role": role });
    let world = json!({
        "url": programs.url(),
        "sign_ins": people.iter().map(one).collect::<Vec<_>>(),
        "kubeconfig": programs.kubeconfig(),
    });
    fs::write(workspace.data().join("dev.json"), serde_json::to_vec_pretty(&world)?)?;
    Ok(())
}

/// The sign-ins in aligned columns.
pub(super) fn table(people: &[SignIn]) -> String {
    let head = ["email", "password", "role"].map(str::to_owned);
    let rows = people.iter().map(|person| [person.email.clone(), person.password.clone(), person.role.clone()]);
    terminal::table(&std::iter::once(head).chain(rows).collect::<Vec<_>>())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sign_in_without_password_is_refused() {
        assert!(SignIn::parse(r#"[{"email":"a@b","role":"owner"}]"#).is_err());
        assert!(SignIn::parse("seeded!").is_err());
    }

    #[test]
    fn sign_ins_stand_in_columns() {
        let people = SignIn::parse(r#"[{"email":"amina@acme.example","password":"p","role":"owner"}]"#).unwrap();
        assert_eq!(table(&people), "  email               password  role\n  amina@acme.example  p         owner\n");
    }
}
