# Seconds and why they are not billed; invoices.
interval-reason = { $word ->
    [queued] waiting in the queue
    [scheduling] waiting for a node
    [pulling] pulling the image
    [starting] starting
    [restarting] restarting the program
    [stopping] stopping
    [node_fault] node fault
    [gpu_lost] GPU lost
    [maintenance] our maintenance
    [unconfirmed] not confirmed by the cluster
    [waived] waived by finance
   *[other] ? { $word }
}
invoice-status = { $word ->
    [draft] Draft
    [finalised] Final
   *[other] ? { $word }
}
billed = billed
not-billed = not billed
billed-and-not = { $billed } billed · { $unbilled } not
