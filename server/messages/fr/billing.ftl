# Les secondes et pourquoi elles ne sont pas facturées ; les factures.
interval-reason = { $word ->
    [queued] en file d’attente
    [scheduling] attente d’un nœud
    [pulling] téléchargement de l’image
    [starting] démarrage
    [restarting] redémarrage du programme
    [stopping] arrêt en cours
    [node_fault] panne du nœud
    [gpu_lost] GPU perdu
    [maintenance] notre maintenance
    [unconfirmed] non confirmé par le cluster
    [waived] abandonné par la finance
   *[other] ? { $word }
}
invoice-status = { $word ->
    [draft] Brouillon
    [finalised] Définitive
   *[other] ? { $word }
}
billed = facturé
not-billed = non facturé
billed-and-not = { $billed } facturées · { $unbilled } non facturées
