//! An API server that answers what the portal asks of Kubernetes, with nodes, a scheduler and kubelets that are simulated.
