# La vie d’une instance : étapes, raisons avec la suite, actions possibles.
phase = { $word ->
    [requested] Demandée
    [queued] En file
    [scheduling] Placement
    [pulling] Téléchargement
    [starting] Démarrage
    [running] En marche
    [degraded] Dégradée
    [stopping] Arrêt en cours
    [stopped] Arrêtée
    [failed] Échouée
    [deleted] Supprimée
   *[other] ? { $word }
}
wish = { $word ->
    [running] Marche
    [stopped] Arrêt
    [deleted] Suppression
   *[other] ? { $word }
}
gpu-kind = { $word ->
    [whole] GPU entier
    [mig] Tranche MIG
   *[other] ? { $word }
}
instance-reason = { $word ->
    [cluster_unreachable] Le cluster ne répond pas. L’instance démarrera d’elle-même dès qu’il répondra.
    [cluster_quota_catching_up] Le cluster prend en compte votre nouveau quota. C’est l’affaire de quelques secondes.
    [no_free_gpu] Aucun nœud n’a assez de GPU libres. L’instance démarrera dès qu’il y en aura.
    [pulling_image] Le nœud télécharge l’image. Rien n’est encore facturé.
    [image_pull_failed] L’image est introuvable ou refusée. Vérifiez son adresse et vos accès, puis redémarrez.
    [container_starting] Le conteneur démarre. La facturation commence quand le GPU répond.
    [container_restarting] Le programme s’est terminé et redémarre. Les journaux disent pourquoi.
    [node_lost] Le nœud ne répond plus. Ces secondes ne sont pas facturées ; nous nous en occupons.
    [gpu_lost] Un GPU a décroché. Ces secondes ne sont pas facturées ; redémarrez pour changer de GPU.
    [node_refused] Le nœud l’a refusée. Nous en essayons un autre.
    [policy_refused] Les règles du cluster refusent cette image ou ses réglages. Modifiez-les, puis relancez.
    [pod_deleted] Le cluster l’a retirée. Nous la rétablissons.
    [deadline_passed] C’était trop long : nous avons abandonné. Rien n’a été facturé ; réessayez.
    [stopped_by_member] Arrêtée par un membre. Les volumes sont conservés.
    [stopped_by_staff] Arrêtée par le hub. Le motif figure dans le journal d’audit.
    [out_of_credit] Le solde est épuisé. Rechargez le portefeuille, puis redémarrez.
    [stuck_terminating] Elle ne s’arrête pas et son nœud est peut-être encore actif. L’opérateur s’en occupe ; rien n’est facturé.
    [operator_asked] Attend la décision de l’opérateur. Rien n’est supprimé d’ici là.
   *[other] ? { $word }
}
