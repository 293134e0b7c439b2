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
    [budget_reached] Un budget a atteint son plafond. Relevez-le, puis redémarrez.
    [payment_overdue] Ce qui était dû depuis longtemps n’est pas payé. Payez depuis le portefeuille, puis redémarrez.
    [stuck_terminating] Elle ne s’arrête pas et son nœud est peut-être encore actif. L’opérateur s’en occupe ; rien n’est facturé.
    [operator_asked] Attend la décision de l’opérateur. Rien n’est supprimé d’ici là.
   *[other] ? { $word }
}
phase-means = { $word ->
    [requested] C’est noté. Le cluster le reçoit dans quelques secondes.
    [queued] Elle attend son tour. Rien n’est facturé.
    [scheduling] Le cluster cherche un nœud. Rien n’est facturé.
    [pulling] Le nœud récupère l’image. Rien n’est encore facturé.
    [starting] Le conteneur démarre. La facturation commence quand le GPU répond.
    [running] Elle tourne, facturée à la seconde.
    [degraded] Elle était prête et ne l’est plus. Ces secondes ne sont pas facturées.
    [stopping] Elle s’arrête. Plus rien n’est facturé.
    [stopped] Elle n’occupe aucun GPU et ne coûte rien.
    [failed] Elle a été abandonnée. Elle n’occupe aucun GPU et ne coûte rien.
    [deleted] Elle est supprimée.
   *[other] ? { $word }
}
note-said = Message : « { $note } »
event-said = Dernier événement du cluster, { $ago } : { $message }.
event-none = Le cluster n’en a encore rien dit.
deadline-at = Abandonnée { $ahead } si rien ne change.
updated-seconds = Actualisé il y a { $s } s
updated-ended = Plus rien n’est actualisé. Ouvrez la page à nouveau.
station-after = +{ $seconds } s
instances-beneath = Ce que votre organisation a lancé, en direct du cluster.
instance = Instance
instance-gpu = GPU
instance-phase = État
instance-reason-and-next = Raison et suite
instance-launched = Lancée
instances-none = Rien ne tourne encore
instances-none-means = Choisissez un GPU, voyez le prix et l’heure de démarrage, appuyez. Cela prend environ deux minutes.
instances-none-here = Aucune instance ne correspond au filtre
instances-show-all = Tout afficher
any-phase = Tous les états
any-project = Tous les projets
project = Projet
units-of = { $units } × { $flavour }
act-stop = Arrêter
act-start = Démarrer
act-restart = Redémarrer
act-delete = Supprimer
did-stop = { $name } s’arrête
did-stop-means = La facturation a déjà pris fin. Redémarrez-la quand vous voulez.
did-start = { $name } démarre
did-start-means = La facturation commence quand le GPU répond.
did-restart = { $name } redémarre
did-delete = { $name } est supprimée
did-delete-means = Jusqu’au { $moment }, vous pouvez revenir en arrière.
did-undo = { $name } est de retour, à l’arrêt
did-undo-means = Démarrez-la quand vous voulez ; elle peut arriver sur un autre nœud.
did-launch = { $name } est lancée
did-launch-means = Cette page la suit. La facturation commence quand le GPU répond.
delete-consequence = La facturation s’arrête et le GPU est libéré. Ce que le conteneur a écrit sur son propre disque est perdu. Pendant 24 heures vous pouvez annuler ; elle revient alors à l’arrêt.
cost-so-far = Coût jusqu’ici
cost-metered = mesuré à la seconde · hors taxe
cost-whole = { $billed } facturés, { $unbilled } non facturés
cost-none-yet = Aucune seconde n’a encore été mesurée.
interval-from = De
interval-length = Durée
interval-what = Facturé, ou pourquoi pas
attempt-number = Essai { $n }
logs = Journaux
logs-live = en direct
logs-none = Rien n’a encore été écrit.
logs-no-container = Il n’y a pas de conteneur à lire. Les lignes apparaîtront dès qu’un conteneur démarre.
logs-unreachable = Le cluster ne répond pas : ses journaux ne peuvent pas être lus pour l’instant.
logs-forbidden = Les journaux peuvent contenir des secrets : seuls propriétaires, administrateurs et développeurs les lisent.
details = Détails
image = Image
environment = Environnement
ports = Ports
node = Nœud
cluster = Cluster
launched-by = Lancée par
template = Modèle
restarts = Redémarrages du conteneur
price-now = Tarif actuel
identifier = Identifiant
same-by-api = Le même lancement par l’API
same-by-api-means = Envoyez-y votre cookie ou un jeton. La clé fait d’un appel répété un seul lancement.
undo-until = Supprimée. Jusqu’au { $moment }, vous pouvez revenir en arrière.
line-label = { $name } : son parcours
