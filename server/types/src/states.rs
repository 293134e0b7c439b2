//! What things can be: roles, wishes, phases and the reasons that stand behind them.

use crate::word::words;

words! {
    /// A member's place in an organisation.
    Role {
        /// Everything, and who else may what.
        Owner = "owner",
        /// Everything but the organisation itself.
        Admin = "admin",
        /// Launches and changes instances.
        Developer = "developer",
        /// Money yes, pods no.
        Billing = "billing",
        /// Looks.
        Viewer = "viewer",
    }
}

words! {
    /// What a person of the hub does; apart from membership.
    StaffRole {
        /// Keeps nodes and GPUs running.
        Operator = "operator",
        /// Grants credits.
        Incubator = "incubator",
        /// Sets prices, closes periods.
        Finance = "finance",
        /// Reads everything, changes nothing.
        Auditor = "auditor",
    }
}

words! {
    /// What an organisation wants of an instance; the last one wins.
    Wish {
        /// A pod that runs.
        Running = "running",
        /// No pod, everything else kept.
        Stopped = "stopped",
        /// Gone, after the time for undoing it.
        Deleted = "deleted",
    }
}

words! {
    /// Where an instance stands on its way.
    Phase {
        /// Wished, and not yet seen by the reconciler.
        Requested = "requested",
        /// Waits for its turn or for the cluster.
        Queued = "queued",
        /// The cluster looks for a node.
        Scheduling = "scheduling",
        /// The node fetches the image.
        Pulling = "pulling",
        /// The container starts.
        Starting = "starting",
        /// Ready.
        Running = "running",
        /// Was ready, and is not now.
        Degraded = "degraded",
        /// Is being ended.
        Stopping = "stopping",
        /// Has no pod.
        Stopped = "stopped",
        /// Was given up, with a reason.
        Failed = "failed",
        /// Gone.
        Deleted = "deleted",
    }
}

words! {
    /// Why an instance waits, failed, degraded or stopped.
    InstanceReason {
        /// The cluster's API does not answer.
        ClusterUnreachable = "cluster_unreachable",
        /// The namespace's quota is being raised to the database's.
        ClusterQuotaCatchingUp = "cluster_quota_catching_up",
        /// No node has the GPUs free.
        NoFreeGpu = "no_free_gpu",
        /// The image is being fetched.
        PullingImage = "pulling_image",
        /// The image cannot be fetched.
        ImagePullFailed = "image_pull_failed",
        /// The container is not ready yet.
        ContainerStarting = "container_starting",
        /// The container ended and is started again.
        ContainerRestarting = "container_restarting",
        /// The node does not answer.
        NodeLost = "node_lost",
        /// A GPU of the pod is gone.
        GpuLost = "gpu_lost",
        /// The node refused the pod.
        NodeRefused = "node_refused",
        /// The cluster's rules refuse the pod.
        PolicyRefused = "policy_refused",
        /// The pod was evicted or deleted by somebody else.
        PodDeleted = "pod_deleted",
        /// The phase took longer than it may.
        DeadlinePassed = "deadline_passed",
        /// A member stopped it.
        StoppedByMember = "stopped_by_member",
        /// The hub's staff stopped it.
        StoppedByStaff = "stopped_by_staff",
        /// The money ran out.
        OutOfCredit = "out_of_credit",
        /// A budget reached its ceiling.
        BudgetReached = "budget_reached",
        /// What was due long ago was not paid.
        PaymentOverdue = "payment_overdue",
        /// The pod does not end, and its node may still live.
        StuckTerminating = "stuck_terminating",
        /// The operator is asked before anything is deleted.
        OperatorAsked = "operator_asked",
        /// The cluster's storage refuses what is asked of it.
        StorageRefused = "storage_refused",
        /// An older pod may still write to the volume.
        VolumeHeld = "volume_held",
        /// The cluster has not made its volume yet.
        StorageNotReady = "storage_not_ready",
    }
}

words! {
    /// Why a stretch of a lease is not billed.
    IntervalReason {
        /// Waited for its turn or the cluster.
        Queued = "queued",
        /// Waited for a node.
        Scheduling = "scheduling",
        /// Waited for the image.
        Pulling = "pulling",
        /// The container was not ready yet.
        Starting = "starting",
        /// The container had ended and was started again.
        Restarting = "restarting",
        /// Was being ended.
        Stopping = "stopping",
        /// The node did not answer.
        NodeFault = "node_fault",
        /// A GPU was gone.
        GpuLost = "gpu_lost",
        /// Our own maintenance.
        Maintenance = "maintenance",
        /// Nobody saw whether it ran.
        Unconfirmed = "unconfirmed",
        /// Finance closed the period without the cluster's word.
        Waived = "waived",
    }
}

words! {
    /// How much of a GPU a flavour's unit is.
    GpuKind {
        /// A whole GPU.
        Whole = "whole",
        /// A MIG slice.
        Mig = "mig",
    }
}

words! {
    /// How far an invoice has come.
    InvoiceStatus {
        /// Can still change; has no number.
        Draft = "draft",
        /// Numbered, and never changes again.
        Finalised = "finalised",
    }
}

impl Phase {
    /// Whether the instance waits for the cluster, so that a deadline runs.
    #[must_use]
    pub const fn waits(self) -> bool {
        matches!(
            self,
            Self::Requested | Self::Queued | Self::Scheduling | Self::Pulling | Self::Starting | Self::Stopping
        )
    }

    /// Whether nothing more happens without a new wish.
    #[must_use]
    pub const fn rests(self) -> bool {
        matches!(self, Self::Stopped | Self::Failed | Self::Deleted)
    }
}
