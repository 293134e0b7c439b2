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
    [storage_refused] Le stockage du cluster refuse cela. Ce qui existe reste en l’état et un nouvel essai se fait tout seul ; demandez à l’opérateur.
    [volume_held] Ce qui tournait avant peut encore écrire sur son volume : son nœud ne répond plus, ou cela ne s’arrête pas. L’instance démarrera dès que c’est fini avec certitude ; d’ici là, seuls ses volumes sont facturés.
    [storage_not_ready] Le cluster n’a pas encore créé son volume. L’instance démarrera dès qu’il est là.
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
# Volumes : un stockage qui survit aux instances.
nav-volumes = Volumes
volumes-beneath = Un stockage qui survit à vos instances. Il est facturé au gigaoctet et à l’heure, dès qu’il est là et jusqu’à ce que vous le supprimiez.
volumes-none = Aucun volume pour l’instant
volumes-none-means = Un volume garde les données quand une instance s’arrête. Créez-en un ici, ou avec un lancement.
volume = Volume
volume-name = Nom
volume-name-hint = 1 à 40 lettres minuscules, chiffres et tirets : c’est le dossier sous /volumes.
volume-size = Taille
volume-size-hint = Il peut grandir plus tard, et ne rétrécit jamais.
volume-unit = Gio
volume-capacity = Présent maintenant
volume-state = État
volume-state-means = Où il en est
volume-reason = Pourquoi
volume-said = Réponse du cluster
volume-mounted-by = Monté par
volume-mounted-by-none = Personne
volume-place = Dossier
volume-per-hour = Prix, hors taxe
volume-per-hour-there = Prix de ce qui existe, hors taxe
volume-made-on = Créé
volume-id = Identifiant
volume-make = Créer un volume
volume-price = Un Gio coûte { $rate }, hors taxe.
volume-make-means = { $span } de son prix sont mis de côté aussitôt : quand votre argent prend fin, le calcul s’arrête d’abord et le volume vit de cette réserve.
volume-no-price = Le stockage n’a pas de tarif pour le moment.
volume-no-project = Vous n’êtes dans aucun projet ouvert.
volume-made = { $name } est en cours de création
volume-made-means = Rien n’est facturé avant qu’il soit là.
volume-grow = L’agrandir
volume-grow-means = La nouvelle taille est facturée dès que le cluster l’a agrandi.
volume-grow-back = Demandez { $size }, et il reste tel quel.
volume-grown = { $name } est en cours d’agrandissement
volume-grown-means = Ce qu’il contenait reste tel quel entre-temps.
volume-refused-means = Il n’a pas été agrandi. Ce qui existe est facturé comme avant.
volume-delete-consequence = Tout ce qu’il contient est supprimé. Pendant 24 heures, vous pouvez revenir en arrière ; ensuite plus rien ne le peut.
volume-deleted = { $name } est supprimé
volume-deleted-means = Plus rien n’en est facturé. Vous pouvez revenir en arrière jusqu’au { $moment }.
volume-undone = { $name } est de nouveau là
volume-undone-means = Avec tout ce qu’il contenait.
volume-frozen = Gelé
volume-frozen-until = Personne ne paie ce volume. Il sera supprimé le { $date }.
volume-frozen-means = D’ici là, il est conservé, ni monté ni facturé. Rechargez le portefeuille et il revient en quelques secondes.
volume-lifeboat-means = Une seule instance à la fois le monte. Quand votre argent prend fin, il vit de ce qui a été mis de côté pour lui, puis il est gelé, et n’est supprimé qu’après trois avis, 14, 7 et 1 jour avant.
volume-phase = { $word ->
    [requested] Demandé
    [pending] En attente
    [bound] Prêt
    [resizing] S’agrandit
    [lost] Perdu
    [deleting] En cours de suppression
    [deleted] Supprimé
   *[other] ? { $word }
}
volume-phase-means = { $word ->
    [requested] Noté. Le cluster le reçoit en quelques secondes.
    [pending] Le cluster cherche le stockage. Rien n’est encore facturé.
    [bound] Il est là, facturé à la seconde.
    [resizing] Il s’agrandit. Ce qu’il avait est facturé jusque-là.
    [lost] Son stockage a disparu du cluster. Rien n’est facturé ; demandez à l’opérateur.
    [deleting] Il est en train d’être retiré. Plus rien n’est facturé.
    [deleted] Il est supprimé.
   *[other] ? { $word }
}
launch-storage = Stockage
launch-volume = Volume
launch-volume-none = Aucun
launch-volume-hint = Il se trouve dans le dossier /volumes, sous son nom.
launch-new-volume = Nom d’un nouveau volume
launch-new-volume-hint = Laissez vide pour n’en créer aucun.
launch-new-volume-size = Sa taille
launch-volume-option = { $name } · { $size }
launch-volume-option-in = { $name } · { $size } · { $project }
launch-mounts = Volumes
launch-makes = Nouveau volume
launch-makes-at = { $volume }, { $rate } hors taxe
launch-lifeboat = Mis de côté pour lui
launch-lifeboat-for = { $amount } TTC, { $span } de son prix
