//! What the tests ask of every peer, however it makes it.

/// What a cluster can do to a portal.
pub(crate) enum Trouble {
    /// Pods are written, and the answers never arrive.
    AnswersLost,
    /// Watches tell each event twice.
    WatchesRepeat,
    /// Writes get no answer.
    Hangs,
    /// Writes are answered after two seconds.
    Slow,
    /// The next running container is killed for memory.
    OutOfMemory,
    /// A GPU of a node is gone, and it was this pod's (`namespace/name`).
    GpuLost {
        /// The node.
        node: String,
        /// The pod.
        pod: String,
    },
    /// The next pod is refused by its kubelet.
    KubeletRefuses,
    /// Pods that are deleted stay.
    PodsStick,
}
