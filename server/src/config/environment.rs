//! Which variables there are: those of the command line itself, and the few that others read.

use std::{collections::BTreeSet, ffi::OsString};

use clap::{Command, error::ErrorKind};

/// Read by others than the command line: the log's filter, tests and the development's tools.
const ELSEWHERE: [&str; 4] = [super::LOG_FILTER, "TAMUDA_CONTROLPLANE", "TAMUDA_DEEP", "TAMUDA_SEED"];
/// Of the tests, and of the simulator, which runs as a program of its own in the same environment.
const FAMILIES: [&str; 2] = ["TAMUDA_TEST_", "TAMUDA_SIMULATOR_"];

/// Refuses variables that begin with `TAMUDA_` and that nothing reads.
pub(super) fn refuse_unknown(
    command: &Command,
    variables: impl Iterator<Item = (OsString, OsString)>,
) -> Result<(), clap::Error> {
    let known = known(command);
    let ours = variables.filter_map(|(name, _)| name.into_string().ok()).filter(|name| name.starts_with("TAMUDA_"));
    let strange = |name: &String| {
        !known.contains(name)
            && !ELSEWHERE.contains(&name.as_str())
            && !FAMILIES.iter().any(|family| name.starts_with(family))
    };
    let unknown: BTreeSet<_> = ours.filter(strange).collect();
    if unknown.is_empty() {
        return Ok(());
    }
    let names = unknown.into_iter().collect::<Vec<_>>().join(", ");
    let text = format!(
        "unknown setting in the environment: {names}\n\nCorrect or remove it; `tamuda serve --help` lists all \
         settings. In Kubernetes, variables of a service named tamuda come with `enableServiceLinks`: turn it off.\n"
    );
    Err(clap::Error::raw(ErrorKind::UnknownArgument, text).with_cmd(command))
}

fn known(command: &Command) -> BTreeSet<String> {
    let own = command.get_arguments().filter_map(|argument| argument.get_env()?.to_str().map(str::to_owned));
    own.chain(command.get_subcommands().flat_map(known)).collect()
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;
    use crate::config::Cli;

    fn checked(name: &str) -> Result<(), clap::Error> {
        refuse_unknown(&Cli::command(), [(OsString::from(name), OsString::new())].into_iter())
    }

    #[test]
    fn a_misspelt_variable_is_refused_by_its_name() {
        let error = checked("TAMUDA_LISTN").unwrap_err();
        assert!(error.to_string().contains("TAMUDA_LISTN"), "{error}");
    }

    #[test]
    fn every_variable_of_the_command_line_and_of_the_tools_is_known() {
        let known = known(&Cli::command());
        assert!(known.contains("TAMUDA_LISTEN") && known.contains("TAMUDA_DATABASE_TENANT_FILE"), "{known:?}");
        for name in known.iter().map(String::as_str).chain(ELSEWHERE).chain([
            "TAMUDA_SIMULATOR_PORT",
            "TAMUDA_TEST_POSTGRES",
            "PATH",
        ]) {
            assert!(checked(name).is_ok(), "{name}");
        }
    }

    #[test]
    fn every_flag_of_serve_is_a_variable_too() {
        let command = Cli::command();
        let serve = command.find_subcommand("serve").unwrap();
        for argument in serve.get_arguments().filter(|argument| argument.get_id() != "help") {
            let env = argument.get_env().and_then(|env| env.to_str()).unwrap_or_default();
            assert!(env.starts_with("TAMUDA_"), "{} has no variable", argument.get_id());
        }
    }
}
