//! Volumes over the API and by forms.

mod change;
mod plan;
mod screens;
