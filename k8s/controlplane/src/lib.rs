//! A real Kubernetes control plane on this machine: kube-apiserver, kube-scheduler, kube-controller-manager and etcd,
//! built from the Go modules beside this file, with kwok in the place of the kubelets. Everything listens on loopback,
//! everything is written below one folder, and nothing is left when it is dropped.
#![expect(clippy::print_stderr, reason = "a first build lasts minutes, and who waits for a test must see that")]

mod assets;
mod certificates;
mod commands;
mod guardian;
mod kubeconfig;
mod plane;
mod ports;
mod process;

pub use self::{
    assets::Assets,
    certificates::{Authority, Identity},
    plane::{ControlPlane, KUBELET, Options, PORTAL, Part},
};
