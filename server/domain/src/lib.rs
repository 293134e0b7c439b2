//! Rules and persistence; knows no axum, leptos, kube or stripe.
