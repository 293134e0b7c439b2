# An instance's life: phases, reasons with the next step, what can be done.
phase = { $word ->
    [requested] Requested
    [queued] Queued
    [scheduling] Scheduling
    [pulling] Pulling image
    [starting] Starting
    [running] Running
    [degraded] Degraded
    [stopping] Stopping
    [stopped] Stopped
    [failed] Failed
    [deleted] Deleted
   *[other] ? { $word }
}
wish = { $word ->
    [running] Run
    [stopped] Stop
    [deleted] Delete
   *[other] ? { $word }
}
gpu-kind = { $word ->
    [whole] Whole GPU
    [mig] MIG slice
   *[other] ? { $word }
}
instance-reason = { $word ->
    [cluster_unreachable] The cluster does not answer. It starts by itself as soon as it does.
    [cluster_quota_catching_up] The cluster is still learning your new quota. This takes seconds.
    [no_free_gpu] No node has the GPUs free. It starts as soon as one does.
    [pulling_image] The node is fetching the image. Nothing is billed yet.
    [image_pull_failed] The image cannot be fetched. Check its address and access, then start again.
    [container_starting] The container is starting. Billing begins when the GPU answers.
    [container_restarting] The program ended and is being started again. Its logs say why.
    [node_lost] The node does not answer. These seconds are not billed; we are on it.
    [gpu_lost] A GPU dropped out. These seconds are not billed; restart to move to another.
    [node_refused] The node refused it. We are trying another one.
    [policy_refused] The cluster’s rules refuse this image or its settings. Change them and launch again.
    [pod_deleted] The cluster removed it. We are bringing it back.
    [deadline_passed] It took longer than allowed, so we gave it up. Nothing was billed; try again.
    [stopped_by_member] Stopped by a member. Volumes are kept.
    [stopped_by_staff] Stopped by the hub. The reason is in the audit log.
    [out_of_credit] The money ran out. Top up, then start again.
    [stuck_terminating] It does not end, and its node may still be alive. The operator is on it; nothing is billed.
    [operator_asked] Waits for the operator’s decision. Nothing is deleted until then.
   *[other] ? { $word }
}
