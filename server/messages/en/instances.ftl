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
    [budget_reached] A budget reached its ceiling. Raise it, then start again.
    [payment_overdue] What was due long ago is not paid. Pay from the wallet, then start again.
    [stuck_terminating] It does not end, and its node may still be alive. The operator is on it; nothing is billed.
    [operator_asked] Waits for the operator’s decision. Nothing is deleted until then.
    [storage_refused] The cluster’s storage refuses this. What is there stays as it is, and it is tried again by itself; ask the operator.
    [volume_held] What ran before may still write to its volume: its node does not answer, or it does not end. It starts once that is over for certain; until then only its volumes are billed.
    [storage_not_ready] The cluster has not made its volume yet. It starts once that is there.
   *[other] ? { $word }
}
phase-means = { $word ->
    [requested] Written down. The cluster gets it within seconds.
    [queued] It waits for its turn. Nothing is billed.
    [scheduling] The cluster looks for a node. Nothing is billed.
    [pulling] The node fetches the image. Nothing is billed yet.
    [starting] The container starts. Billing begins when the GPU answers.
    [running] It runs, billed by the second.
    [degraded] It was ready and is not now. These seconds are not billed.
    [stopping] It is being ended. Nothing is billed any more.
    [stopped] It holds no GPU and costs nothing.
    [failed] It was given up. It holds no GPU and costs nothing.
    [deleted] It is deleted.
   *[other] ? { $word }
}
note-said = They wrote: “{ $note }”
event-said = The cluster’s last event, { $ago }: { $message }.
event-none = The cluster has said nothing about it yet.
deadline-at = Given up { $ahead } if nothing changes.
updated-seconds = Updated { $s } s ago
updated-ended = Nothing is updated any more. Load the page again.
station-after = +{ $seconds } s
instances-beneath = What your organisation has launched, live from the cluster.
instance = Instance
instance-gpu = GPU
instance-phase = State
instance-reason-and-next = Reason and next step
instance-launched = Launched
instances-none = Nothing runs yet
instances-none-means = Pick a GPU, see the price and the start time, press the button. It takes about two minutes.
instances-none-here = No instance matches the filter
instances-show-all = Show all
any-phase = Any state
any-project = Any project
project = Project
units-of = { $units } × { $flavour }
act-stop = Stop
act-start = Start
act-restart = Restart
act-delete = Delete
did-stop = { $name } stops
did-stop-means = Billing has ended already. Start it again whenever you want.
did-start = { $name } starts
did-start-means = Billing begins when the GPU answers.
did-restart = { $name } restarts
did-delete = { $name } is deleted
did-delete-means = Until { $moment } you can undo this.
did-undo = { $name } is back, stopped
did-undo-means = Start it when you want; it may land on another node.
did-launch = { $name } is launched
did-launch-means = This page follows it. Billing begins when the GPU answers.
delete-consequence = Billing ends now and the GPU is freed. What the container wrote on its own disk is lost. For 24 hours you can undo the deletion; it then comes back stopped.
cost-so-far = Cost so far
cost-metered = metered by the second · net
cost-whole = { $billed } billed, { $unbilled } not billed
cost-none-yet = No second has been metered yet.
interval-from = From
interval-length = Length
interval-what = Billed or why not
attempt-number = Attempt { $n }
logs = Logs
logs-live = live
logs-none = Nothing was written yet.
logs-no-container = There is no container to read from. Lines appear as soon as one starts.
logs-unreachable = The cluster does not answer, so its logs cannot be read now.
logs-forbidden = Logs may hold secrets, so only owners, admins and developers read them.
details = Details
image = Image
environment = Environment
ports = Ports
node = Node
cluster = Cluster
launched-by = Launched by
template = Template
restarts = Container restarts
price-now = Price now
identifier = Identifier
same-by-api = The same launch by API
same-by-api-means = Send the cookie or a token of yours with it. The key makes a repeated call one launch.
undo-until = Deleted. Until { $moment } you can undo this.
line-label = { $name }: its way so far
# Volumes: storage that outlives instances.
nav-volumes = Volumes
volumes-beneath = Storage that outlives your instances. It is billed by the gigabyte and hour, from when it is there until you delete it.
volumes-none = No volume yet
volumes-none-means = A volume keeps data when an instance stops. Make one here, or with a launch.
volume = Volume
volume-name = Name
volume-name-hint = 1 to 40 small letters, digits and dashes: it is the folder below /volumes.
volume-size = Size
volume-size-hint = It can grow later, and never gets smaller.
volume-unit = GiB
volume-capacity = There now
volume-state = State
volume-state-means = How it stands
volume-reason = Why
volume-said = The cluster’s answer
volume-mounted-by = Mounted by
volume-mounted-by-none = Nobody
volume-place = Folder
volume-per-hour = Price, without tax
volume-per-hour-there = Price of what is there, without tax
volume-made-on = Made
volume-id = Id
volume-make = Make a volume
volume-price = A GiB costs { $rate }, without tax.
volume-make-means = { $span } of its price are set aside at once: when your money ends, compute stops first and the volume lives from that.
volume-no-price = Storage has no price at the moment.
volume-no-project = You are in no open project.
volume-made = { $name } is being made
volume-made-means = Nothing is billed before it is there.
volume-grow = Make it larger
volume-grow-means = The new size is billed from when the cluster has grown it.
volume-grow-back = Ask for { $size }, and it stays as it is.
volume-grown = { $name } is being made larger
volume-grown-means = What it had stays as it is meanwhile.
volume-refused-means = It has not grown. What is there is billed as before.
volume-delete-consequence = Everything on it is deleted. For 24 hours you can take that back; then nothing can.
volume-deleted = { $name } is deleted
volume-deleted-means = Nothing of it is billed any more. You can take it back until { $moment }.
volume-undone = { $name } is there again
volume-undone-means = With everything that was on it.
volume-frozen = Frozen
volume-frozen-until = Nobody pays for this volume. It is deleted on { $date }.
volume-frozen-means = Until then it is kept, not mounted and not billed. Top up the wallet, and it is back within seconds.
volume-lifeboat-means = One instance at a time mounts it. When your money ends, it lives from what was set aside for it, is then frozen, and is deleted only after three notices, 14, 7 and 1 day before.
volume-phase = { $word ->
    [requested] Requested
    [pending] Pending
    [bound] Ready
    [resizing] Growing
    [lost] Lost
    [deleting] Being deleted
    [deleted] Deleted
   *[other] ? { $word }
}
volume-phase-means = { $word ->
    [requested] Written down. The cluster gets it within seconds.
    [pending] The cluster looks for the storage. Nothing is billed yet.
    [bound] It is there, billed by the second.
    [resizing] It grows. What it had is billed until then.
    [lost] Its storage is gone from the cluster. Nothing is billed; ask the operator.
    [deleting] It is being taken away. Nothing is billed any more.
    [deleted] It is deleted.
   *[other] ? { $word }
}
launch-storage = Storage
launch-volume = Volume
launch-volume-none = None
launch-volume-hint = It stands in the folder /volumes, under its name.
launch-new-volume = Name of a new volume
launch-new-volume-hint = Leave it empty to make none.
launch-new-volume-size = Its size
launch-volume-option = { $name } · { $size }
launch-volume-option-in = { $name } · { $size } · { $project }
launch-mounts = Volumes
launch-makes = New volume
launch-makes-at = { $volume }, { $rate } without tax
launch-lifeboat = Set aside for it
launch-lifeboat-for = { $amount } with tax, { $span } of its price
