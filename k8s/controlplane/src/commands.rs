//! How each part is started: its flags.

use std::process::Command;

use crate::{ControlPlane, Part};

impl ControlPlane {
    pub(super) fn command(&self, part: Part) -> Command {
        match part {
            Part::Etcd => self.etcd(),
            Part::ApiServer => self.api_server(),
            Part::Scheduler => self.scheduler(),
            Part::ControllerManager => self.controller_manager(),
            Part::Kubelets => self.kubelets(),
        }
    }

    fn etcd(&self) -> Command {
        let (client, peer) =
            (format!("http://127.0.0.1:{}", self.ports.etcd), format!("http://127.0.0.1:{}", self.ports.peer));
        let mut command = self.assets.program("etcd");
        command.args(flags(&[
            ("data-dir", &self.file("etcd")),
            ("listen-client-urls", &client),
            ("advertise-client-urls", &client),
            ("listen-peer-urls", &peer),
            ("initial-advertise-peer-urls", &peer),
            ("initial-cluster", &format!("default={peer}")),
            ("unsafe-no-fsync", "true"),
            ("quota-backend-bytes", "8589934592"),
            ("log-level", "warn"),
        ]));
        command
    }

    fn api_server(&self) -> Command {
        let mut command = self.assets.program("kube-apiserver");
        command.args(flags(&[
            ("etcd-servers", &format!("http://127.0.0.1:{}", self.ports.etcd)),
            ("bind-address", "127.0.0.1"),
            ("advertise-address", "127.0.0.1"),
            ("secure-port", &self.ports.api.to_string()),
            ("endpoint-reconciler-type", "none"),
            ("service-cluster-ip-range", "10.0.0.0/16"),
            ("client-ca-file", &self.file("ca.crt")),
            ("service-account-issuer", "https://kubernetes.default.svc"),
            ("service-account-key-file", &self.file("accounts.pub")),
            ("service-account-signing-key-file", &self.file("accounts.key")),
            ("authorization-mode", "Node,RBAC"),
            ("anonymous-auth", "false"),
            // As nearly everywhere: what holds a pod back is Pod Security on its namespace.
            ("allow-privileged", "true"),
            ("profiling", "false"),
            ("kubelet-client-certificate", &self.file("kubelet-client.crt")),
            ("kubelet-client-key", &self.file("kubelet-client.key")),
            ("kubelet-certificate-authority", &self.file("ca.crt")),
            ("kubelet-preferred-address-types", "InternalIP"),
        ]));
        command.args(self.served());
        command
    }

    fn scheduler(&self) -> Command {
        let mut command = self.controller("kube-scheduler", "scheduler", self.ports.scheduler);
        command.args(flags(&[("kube-api-qps", "1000"), ("kube-api-burst", "1000")]));
        command
    }

    fn controller_manager(&self) -> Command {
        let mut command = self.controller("kube-controller-manager", "controllers", self.ports.controllers);
        command.args(flags(&[
            ("use-service-account-credentials", "true"),
            ("service-account-private-key-file", &self.file("accounts.key")),
            ("root-ca-file", &self.file("ca.crt")),
            ("kube-api-qps", "500"),
            ("kube-api-burst", "500"),
            ("node-monitor-period", "1s"),
            ("node-monitor-grace-period", &format!("{}s", self.options.node_grace.as_secs())),
            ("node-eviction-rate", "10"),
            // A create given up after it was counted leaves the count too high until the quotas are counted again:
            // five minutes by default, longer than a test waits.
            ("resource-quota-sync-period", "10s"),
        ]));
        command
    }

    /// A program that watches the API server under an identity of its own, alone.
    fn controller(&self, program: &str, identity: &str, port: u16) -> Command {
        let kubeconfig = self.file(&format!("{identity}.kubeconfig"));
        let mut command = self.assets.program(program);
        command.args(flags(&[
            ("kubeconfig", &kubeconfig),
            ("authentication-kubeconfig", &kubeconfig),
            ("authorization-kubeconfig", &kubeconfig),
            ("leader-elect", "false"),
            ("bind-address", "127.0.0.1"),
            ("secure-port", &port.to_string()),
            ("profiling", "false"),
        ]));
        command.args(self.served());
        command
    }

    fn kubelets(&self) -> Command {
        let port = self.ports.kubelets.to_string();
        let mut command = self.assets.program("kwok");
        command.args(flags(&[
            ("config", &self.file("kwok.yaml")),
            ("kubeconfig", &self.file("kwok.kubeconfig")),
            ("server-address", &format!("127.0.0.1:{port}")),
            ("node-port", &port),
            ("tls-cert-file", &self.file("kubelet.crt")),
            ("tls-private-key-file", &self.file("kubelet.key")),
        ]));
        command
    }

    /// The certificate under which a part answers.
    fn served(&self) -> Vec<String> {
        flags(&[("tls-cert-file", &self.file("server.crt")), ("tls-private-key-file", &self.file("server.key"))])
    }

    fn file(&self, name: &str) -> String {
        self.path(name).to_string_lossy().into_owned()
    }
}

fn flags(pairs: &[(&str, &str)]) -> Vec<String> {
    pairs.iter().map(|(name, value)| format!("--{name}={value}")).collect()
}
