# L’équipe du hub.
staff-role = { $word ->
    [operator] Opérateur
    [incubator] Incubateur
    [finance] Finance
    [auditor] Auditeur
   *[other] ? { $word }
}
staff-fresh = Ce que disent les clusters, { $ago }. Rien ici n’est un souhait de notre part.
staff-never-seen = Aucun cluster n’a encore été vu. Le portail regarde dès que l’un d’eux est connecté.
staff-cluster-silent = { $cluster } ne répond pas ; vu pour la dernière fois { $since }
staff-cluster-silent-means = Ce qui suit est la dernière vue. Les instances continuent ; les secondes que personne ne voit ne sont pas facturées avant confirmation du cluster.
staff-skew = Les horloges de { $cluster } et de la base diffèrent de { $seconds } s
staff-skew-means = Au-delà de 5 s, l’usage peut être coupé à la mauvaise seconde. Vérifiez NTP sur les nœuds et la base.
staff-of = sur { $all }
staff-oldest = la plus longue : { $name }
staff-slices-in-use = Tranches MIG utilisées
staff-gpus-in-use = GPU utilisés
staff-nodes-away = { $n ->
    [one] { $n } nœud ne répond pas
   *[other] { $n } nœuds ne répondent pas
}
staff-faults = Perdus maintenant
staff-gpus = GPU
staff-instances = instances
staff-questions = Questions pour vous
staff-open = ouvertes
staff-waiting-why = En attente, et pourquoi
staff-nothing-waits = Rien n’attend
staff-nothing-waits-means = Chaque instance est là où elle doit être. Ce qui attend apparaît ici avec sa raison et sa prochaine étape.
staff-all-waits = Toutes ({ $n })
staff-unconfirmed = Secondes que personne n’a vues
staff-unconfirmed-means = Des 30 derniers jours. Elles ne sont pas facturées. Revoir le même pod et le même conteneur les confirme ; sinon elles restent ici.
staff-from = Du
staff-until = Jusqu’au
staff-length = Durée
staff-goes-on = en cours
staff-instance = Instance
staff-asked-for = Demandé
staff-phase = Phase
staff-reason-next = Raison et prochaine étape
staff-since = Depuis
staff-no-reason-yet = Le cluster n’a pas encore dit pourquoi. Prochain regard dans la minute.
staff-given-up = Abandonnée { $ahead } si rien ne change.
staff-given-up-now = Son délai est écoulé : abandon au prochain regard.
staff-no-nodes = Aucun nœud pour l’instant
staff-no-nodes-next = Joignez au cluster un nœud doté du plugin NVIDIA ; il apparaît ici en moins d’une minute.
staff-cell-used = utilisé
staff-cell-free = libre
staff-cell-lost = perdu
staff-node-gone = disparu { $ago }
staff-node-away = ne répond pas, dernier signe { $ago }
staff-gpus-lost = { $n ->
    [one] { $n } GPU perdu
   *[other] { $n } GPU perdus
}
staff-node-cordoned = ne reçoit pas de lancements
staff-used-of = { $used } sur { $all }
staff-in-use-of = { $used } sur { $all } utilisés
staff-node = Nœud
staff-standing = État
staff-resource = Ressource
staff-ours = Les nôtres
staff-foreign = Pods d’autrui
staff-free = Libres
staff-changed = Changé
staff-question-of = { $cluster } demande avant de supprimer
staff-asks-restored = Le cluster est en avance sur la base : elle a sans doute été restaurée. Faut-il supprimer ce que la base ne connaît plus ?
staff-asks-deletions = Une part inhabituelle des objets serait supprimée. Est-ce voulu ?
staff-keep = Tout garder
staff-keep-means = Garder : rien n’est supprimé. Ce que la base ne connaît pas continue, sans facturation, jusqu’à votre décision.
staff-delete = Supprimer
staff-delete-means = Supprimer : sur { $cluster }, tout objet à nous qu’aucune ligne ne demande s’arrête aussitôt. Les données de ses disques sont perdues sans retour.
staff-question-not-yours = C’est à l’opérateur de répondre.
staff-kept = Tout est gardé
staff-deleting = La suppression commence
staff-organisations-beneath = Tous les locataires de ce hub.
staff-search = Rechercher
staff-search-example = Nom ou identifiant court
staff-no-organisations = Aucune organisation ici
staff-no-organisations-next = Créez-en une avec tamuda admin organisation, ou cherchez un autre mot.
staff-state = État
staff-country = Pays
staff-currency = Devise
staff-running = En marche
staff-active = Active
staff-suspended = Suspendue
staff-standing-closing = En fermeture
staff-standing-closed = Fermée
staff-no-instances = Elle n’a aucune instance.
staff-flavour = GPU
staff-held-of = Utilisé du quota
staff-change = Modifier
staff-quota-never-set = jamais fixé : aucun n’est permis
staff-held = Réservé
staff-free-money = Disponible pour démarrer
staff-per-hour = Par heure
staff-empty-at = Solde suffisant jusqu’au
staff-lasts = aucune fin avant un an
staff-settled = Réglé jusqu’au
staff-credit-limit = Limite de crédit
staff-receivable = Dû au-delà du solde
staff-gross = Tous les montants TTC.
staff-facts = Ce que l’on sait
staff-project = Projet
staff-identifier = Identifiant
staff-image = Image
staff-launched-by = Lancée par
staff-in-phase = Dans cette phase depuis
staff-deadline = Abandon à
staff-restarts = Redémarrages
staff-last-event = Dernier mot du cluster
staff-answer = Réponse du cluster
staff-attempt = Tentative
staff-attempts = Tentatives
staff-stop = L’arrêter
staff-stop-means = Son pod s’arrête et son GPU est libre ; la facturation cesse maintenant. Les volumes sont gardés et le client peut la redémarrer.
staff-stop-hint = Le client le lit, mot pour mot.
staff-stop-rests = Elle est déjà terminée : rien à arrêter.
staff-stop-forbidden = Seul l’opérateur arrête l’instance d’un locataire.
staff-stopped = { $name } s’arrête
staff-reason = Raison
staff-now = Maintenant
staff-quotas-beneath = Combien d’unités de chaque GPU une organisation peut détenir à la fois.
staff-no-quotas = Aucun quota n’est encore fixé
staff-no-quotas-next = Ouvrez une organisation et fixez ce qu’elle peut détenir.
staff-quota-of = { $flavour } pour { $name }
staff-new-quota = Nouveau quota
staff-units = Unités
staff-units-hint = Elle en détient { $used }. Ce qu’elle détient reste, même au-dessus d’un quota plus bas.
staff-quota-reason-hint = L’organisation et l’audit la lisent.
staff-set-quota = Fixer le quota
staff-quota-set = Le quota de { $name } est désormais de { $units }
staff-quota-set-means = Le cluster le reprend en quelques secondes.
staff-prices-beneath = Hors taxe, par unité et par heure. La taxe s’ajoute selon l’acheteur.
staff-prices-net = Un tarif ne change jamais le passé : une nouvelle version commence à sa date, la précédente s’y arrête.
staff-price-since = depuis le { $date }
staff-price-then = { $price } à partir du { $moment }
staff-not-for-sale = Pas en vente
staff-no-flavours = Aucun GPU connu pour l’instant
staff-no-flavours-next = Les GPU viennent des nœuds du cluster ; connectez d’abord un cluster.
staff-tax-rules = Règles de taxe
staff-tax-means = La règle propre d’un pays prime sur celle de tous les pays. Les taux viennent avec l’installation et changent par date.
staff-buyer = Acheteur
staff-business = entreprise
staff-private = particulier
staff-every-country = tout autre pays
staff-tax-category = Régime
staff-tax-rate = Taux
staff-tax-reason = Motif légal
staff-tax-withheld = Retenue des acheteurs
staff-tax-withheld-of = { $word ->
    [net] { $rate } du montant net
   *[tax] { $rate } de la taxe
}
staff-holds = Valable
staff-holds-now = en vigueur
staff-scheduled = prévu
staff-over = terminé
staff-versions = Versions
staff-version = Version
staff-set-by = Fixé par
staff-installation = l’installation
staff-withdraw = Retirer
staff-withdrawn = La version est retirée
staff-withdrawn-means = La précédente reste en vigueur à sa place.
staff-never-sold = Jamais vendu dans cette devise
staff-never-sold-next = Les organisations qui paient ainsi ne peuvent lancer ce GPU avant qu’un tarif soit en vigueur.
staff-new-price = Nouvelle version
staff-price-net = Prix net d’une unité
staff-price-from = À partir du
staff-price-from-hint = Vide : tout de suite. Fuseau { $zone }, maintenant { $now }.
staff-price-means = Dès lors, chaque instance en marche de ce GPU paie le nouveau tarif ; chaque seconde garde le tarif de son temps.
staff-set-price = Fixer le tarif
staff-price-set = { $price } est fixé
staff-price-set-means = En vigueur à partir du { $from }.
staff-grants-beneath = Choisissez à qui accorder des crédits ; chacune montre ses lots et ce qu’ils sont devenus.
staff-grant-beneath = Ce qu’elle a reçu, ce qu’il en est advenu, et accorder davantage.
staff-granted = { $amount } accordés à { $name }
staff-granted-means = Il paie avant le portefeuille, de son début à son expiration.
staff-lots-left = Reste des lots
staff-lots = Lots
staff-lot = Lot
staff-left-of = Reste sur
staff-became = Ce qu’il est devenu
staff-pays-for = Paie pour
staff-no-lots = Rien n’a encore été accordé
staff-no-lots-next = Remplissez le formulaire : vous voyez l’effet avant d’accorder.
staff-gpu-hours = { $hours } h de { $flavour }
staff-given-on = { $date } : { $reason }
staff-used-up = épuisé
staff-pays = paie
staff-lot-used = utilisé { $amount }, soit { $worth }
staff-lot-expired = expiré { $amount }
staff-lot-voided = repris { $amount }
staff-lot-untouched = pas encore utilisé
staff-everything = tout
staff-from-to = du { $from } au { $to }
staff-from-on = à partir du { $from }
staff-new-grant = Nouvel octroi
staff-who-pays = Qui paie
staff-lot-name = Nom sur la facture
staff-lot-name-hint = Par exemple « Cohorte printemps 2027 ».
staff-how-much = Combien
staff-unit = Unité
staff-hours-of = heures GPU de { $flavour }
staff-pays-flavour = Paie pour le GPU
staff-pays-project = Paie pour le projet
staff-every-flavour = tout GPU
staff-every-project = tout projet
staff-pays-from = Paie à partir du
staff-expires = Expire
staff-empty-is-now = Vide : tout de suite.
staff-empty-is-never = Vide : jamais.
staff-grant-reason-hint = Le financeur et l’audit la lisent, 3 à 500 caractères.
staff-see-effect = Voir l’effet
staff-grant-preview = Octroi à { $name }
staff-nothing-given-yet = Rien n’est encore accordé. Voici ce qui changerait.
staff-give = Accorder
staff-effect = Ce qui change
staff-your-grant = L’octroi
staff-lots-before = Ces lots contiennent
staff-lots-after = Ils contiendraient
staff-wallet-stays = Le portefeuille reste à
staff-empty-before = Solde suffisant jusqu’au, actuellement
staff-empty-after = Avec l’octroi jusqu’au
staff-at-once = tout de suite
staff-never = jamais
staff-take-back = Reprendre le reste
staff-take-back-of = Reprendre { $lot } à { $name }
staff-take-back-means = Une écriture inverse rend le reste au hub ou au financeur. L’usage passé reste payé, même celui qui n’est pas encore comptabilisé. Ce qui tourne puise ensuite dans le portefeuille. Sans retour ; un nouvel octroi reste possible.
staff-take-back-hint = Elle figure près de l’écriture dans le portefeuille de l’organisation.
staff-taken-back = { $amount } repris
staff-taken-back-means = L’écriture inverse figure dans le portefeuille de l’organisation.
staff-lot-granted = Accordé
staff-lot-used-label = Utilisé
staff-lot-left-label = Reste
staff-billing-beneath = Clôturez ce qui est terminé, regardez l’inhabituel, finalisez le reste.
staff-ready-to-close = À clôturer
staff-ready-means = tout est connu et réglé
staff-blocked = Bloquées
staff-blocked-means = terminées, il manque quelque chose
staff-running-periods = En cours
staff-running-means = leur mois n’est pas fini
staff-to-look-at = À regarder
staff-look-means = factures ci-dessous avec une raison
staff-periods = Périodes
staff-period = Période
staff-no-periods = Aucune période en cours
staff-what-blocks = Ce qui bloque la clôture
staff-state-running = en cours
staff-state-waiting = bloquée
staff-state-ready = prête
staff-ends-on = Elle se termine le { $at } ; elle pourra alors être clôturée.
staff-still-settling = Ses dernières secondes sont en cours de règlement ; quelques minutes, sans intervention.
staff-nothing-blocks = Rien ne la bloque.
staff-known-through = { $cluster } est connu jusqu’au { $at }
staff-reasons = Raisons de regarder
staff-total = Total
staff-before = Période précédente
staff-as-expected = comme attendu
staff-unbilled = { $span } souhaités et non facturés
staff-no-drafts = Aucune facture ici
staff-no-drafts-next = Clôturer une période crée le brouillon ; finaliser lui donne un numéro.
staff-period-of = { $month }, { $name }
staff-begins = Début
staff-ends = Fin
staff-close = Clôturer la période
staff-close-means = La clôture termine la période, ouvre la suivante et crée le brouillon de facture. Les faits tardifs deviennent des lignes de la facture suivante, avec leurs dates. Une période clôturée le reste.
staff-close-blocked = Elle attend le cluster ci-contre. Attendez-le, ou renoncez-y avec une raison.
staff-close-forbidden = Seule la finance clôture une période.
staff-closed = { $month } : période clôturée
staff-closed-draft = Voici son brouillon. Regardez-le, puis finalisez-le.
staff-closed-nothing = Il n’y avait rien à facturer, donc pas de brouillon.
staff-waive-waits = Attendre ne coûte rien : dès que le cluster est entendu, ses secondes sont confirmées ou classées d’elles-mêmes.
staff-waive-means = Renoncer : tout ce qu’il n’a pas confirmé du { $from } au { $to } ne sera jamais facturé, à la charge du hub. Sans retour.
staff-waive-hint = L’audit la lit, 3 à 500 caractères.
staff-waive = Renoncer à { $cluster }
staff-waived = Renoncé ; intervalles non facturés : { $n }
staff-waived-next = À partir du { $from }. La période pourra être clôturée une fois tout réglé.
staff-finalise = Finaliser
staff-finalise-means = Elle reçoit le prochain numéro et la date du jour, et ne change plus jamais. Le réservé devient produit et taxe. Une erreur se corrige par un avoir seulement.
staff-finalise-forbidden = Seule la finance finalise une facture.
staff-finalised = La facture { $number } est définitive
staff-finalised-means = Elle peut être recalculée à partir de ses secondes à tout moment.
staff-credit = Avoir
staff-credit-of = Avoir sur { $invoice } de { $name }
staff-credit-means = La facture reste telle quelle. Un avoir la reprend, en tout ou en partie, avec sa propre taxe : chacun récupère ce qu’il a payé de cette part.
staff-credit-what = Ce qui est repris
staff-credit-whole = Tout ce qui reste : { $amount }
staff-credit-line = Ligne { $n } : { $flavour }, { $project } – reste { $amount }
staff-credit-amount = Montant de la ligne
staff-credit-amount-hint = Hors taxe et avant les gratuités du hub. Vide : tout ce qui reste de la ligne.
staff-credit-reason-hint = Il figure sur l’avoir et dans l’audit, 1 à 500 caractères.
staff-credit-see = Voir l’avoir
staff-credit-nothing-yet = Rien n’est encore comptabilisé. Voici ce qui sera émis.
staff-credit-final = Il reçoit le prochain numéro de sa série et la date du jour, et ne change plus jamais.
staff-credit-issue = Émettre l’avoir
staff-credited = L’avoir { $number } est émis
staff-credited-means = L’argent est revenu à ceux qui ont payé, et l’organisation le voit sous sa facture.
staff-credit-notes-beneath = Les corrections de toutes les organisations, les plus récentes d’abord.
staff-audit-beneath = Chaque changement, son auteur, avant et après. Les lignes sont chaînées : toute altération se remarque.
staff-verify = Vérifier les sceaux
staff-chain-holds = La chaîne tient ; sceaux vérifiés : { $n }
staff-nothing-sealed = Rien n’est encore scellé
staff-chain-broken = La chaîne se rompt au sceau { $seq } : { $fault }
staff-fault-gap = un sceau précédent manque
staff-fault-missing = sa ligne a disparu
staff-fault-changed = sa ligne dit autre chose
staff-fault-chain = il ne découle pas du précédent
staff-fault-replaced = ce n’est pas celui qui a été exporté
staff-unsealed = Lignes en attente de sceau : { $n }, la plus ancienne { $ago }.
staff-all-sealed = Aucune ligne n’attend de sceau.
staff-erased = Contenus effacés à la demande d’une personne : { $n }.
staff-head = tête
staff-area-label = Domaine
staff-organisation-id = Identifiant d’organisation
staff-subject = Identifiant de l’objet
staff-what = Quoi
staff-who = Qui
staff-changes = Avant et après
staff-seal = Sceau
staff-when = Quand
staff-sealed = n° { $seq }
staff-not-sealed = en attente
staff-more-fields = { $n } de plus
staff-nothing = rien
staff-value = valeur
staff-no-audit = Rien n’a été changé ici
staff-no-audit-next = Élargissez les filtres : retirez un identifiant ou une date.
staff-domains-beneath = Les domaines dont les gens entrent d’eux-mêmes dans une organisation. Ne confirmez que ce que montre le DNS.
staff-no-domains = Aucun domaine n’est demandé
staff-no-domains-next = Les propriétaires le demandent sur la page des membres de leur organisation.
staff-domain-asked = Demandé
staff-domain-record = Cherchez cet enregistrement
staff-domain-record-means = Le portail n’interroge pas le DNS lui-même. La réponse doit dire { $record }.
staff-domain-answer = Réponse
staff-domain-means = Une fois confirmé, qui se connecte avec { $provider } et une adresse de { $domain } entre dans { $name } avec le rôle { $role }.
staff-domain-reason-hint = Ce que vous avez vu, ou pourquoi non. Cela figure dans l’audit de l’organisation.
staff-domain-confirm = L’enregistrement est là : confirmer
staff-domain-refuse = Refuser
staff-domain-confirmed = { $domain } est confirmé pour { $name }
staff-domain-refused = { $domain } est refusé à { $name }
staff-people-beneath = Qui travaille pour le hub. Deux opérateurs nomment quelqu’un ; un seul suffit pour révoquer.
staff-propose = Proposer quelqu’un
staff-propose-beneath = La personne doit avoir un compte ici. Un autre opérateur doit approuver avant qu’elle ait le rôle.
staff-propose-email = Adresse de connexion
staff-propose-role = Rôle au hub
staff-propose-reason-hint = L’audit du hub la montre, et la liste aussi jusqu’à l’approbation.
staff-propose-send = Proposer
staff-proposed = { $name } est proposé avec le rôle { $role }
staff-proposed-means = Un autre opérateur l’approuve sous Personnes, dans les { $n } jours.
staff-proposals = En attente d’une seconde personne
staff-proposal-by = par { $name }
staff-proposal-until = Jusqu’à
staff-proposal-acts = Que faire de la proposition
staff-agree = Approuver
staff-agreed = { $name } a désormais le rôle { $role }
staff-proposal-withdraw = Retirer
staff-proposal-withdrawn = La proposition est retirée
staff-resets = Facteurs perdus : en attente d’une seconde personne
staff-reset = Retirer des facteurs perdus
staff-reset-beneath = Pour qui a perdu tous ses seconds facteurs et ses codes de secours. Vérifiez hors du portail qui c’est, en personne ou par un numéro que le hub connaissait déjà, jamais par l’adresse seule.
staff-reset-means = Dès qu’un autre opérateur approuve, tous les seconds facteurs disparaissent et toutes les sessions se ferment. Une lettre le dit à la personne maintenant et alors, et elle peut l’arrêter.
staff-reset-reason-hint = Comment vous avez vérifié qui c’est. L’audit du hub le montre, et la liste aussi jusqu’à l’approbation.
staff-reset-send = Le demander
staff-reset-asked = C’est demandé pour { $name }
staff-reset-asked-means = Un autre opérateur l’approuve sous Personnes, dans les { $n } heures.
staff-reset-done = Les seconds facteurs de { $name } ont disparu
staff-reset-done-means = La personne se connecte avec son mot de passe et en configure d’autres.
staff-reset-withdrawn = C’est retiré ; une lettre le dit
staff-account = Trouver un compte
staff-account-beneath = De n’importe qui, même sans rôle au hub. Un compte tombé en d’autres mains se bloque ici aussitôt.
staff-account-find = Trouver
staff-account-state = État
staff-account-open = Ouvert
staff-account-stopped-since = Bloqué depuis le { $at }
staff-account-roles = Rôles au hub
staff-account-organisations = Organisations
staff-account-none = Aucun
staff-account-sessions = Sessions ouvertes
staff-account-sign-out = Fermer toutes les sessions
staff-account-signed-out = Toutes les sessions de { $name } sont fermées
staff-account-signed-out-means = Une lettre le dit. Qui connaît le mot de passe et détient le facteur peut se reconnecter : pour l’empêcher, bloquez le compte.
staff-account-stop = Bloquer le compte
staff-account-stop-means = Toutes les sessions se ferment aussitôt, personne ne se connecte, et les jetons d’API de la personne n’ouvrent rien ; les comptes de service et les instances continuent. L’audit et une lettre aux autres opérateurs disent la raison ; la personne reçoit une lettre sans elle.
staff-account-stopped = Le compte de { $name } est bloqué
staff-account-stopped-means = Regardez dans l’audit ce qu’il a fait, et les jetons de ses organisations.
staff-account-reopen = Rouvrir le compte
staff-account-reopen-means = Vérifiez d’abord, hors du portail, qu’il est aux mains de sa personne. L’audit et une lettre aux autres opérateurs disent comment.
staff-account-opened = Le compte de { $name } est rouvert
staff-account-opened-means = Une lettre lui demande un nouveau mot de passe, et de regarder ses facteurs et ses jetons.
staff-person = Personne
staff-revoke = Révoquer un rôle
staff-revoke-means = Le rôle est perdu au prochain clic, et une lettre le dit à la personne et à tous ceux qui l’ont.
staff-revoke-it = Révoquer
staff-revoked = { $name } n’a plus le rôle { $role }
staff-role-own = vous
view-as = Voir comme un membre
view-title = Regarder { $organisation } comme le ferait un membre
view-beneath = Vous voyez ce que ce membre et vous-même pouvez voir, et ne modifiez rien. Cela se termine de soi-même après { $n } minutes.
view-reason-hint = L’organisation le lit dans son audit, avec le début et la fin.
view-begin = Commencer
view-on = Vous regardez { $organisation } avec ce rôle : { $role }
view-on-means = On voit ce que ce rôle et vous-même pouvez voir. Rien ne peut être modifié.
view-end = Terminer la vue
view-ended = La vue de { $organisation } est terminée
staff-lot-kind = { $word ->
    [promo] don du hub
    [sponsored] un financeur
   *[other] { $word }
}
staff-lot-kind-long = { $word ->
    [promo] Le hub : son propre don, hors taxe
    [sponsored] Un financeur : paie le total TTC
   *[other] { $word }
}
staff-review = { $word ->
    [unbilled_seconds] secondes non facturées
    [rose_fourfold] plus du quadruple du mois précédent
    [price_changed] tarif changé
    [late_facts] faits tardifs
    [overbilled] panne connue après facturation
    [missing_tax_id] acheteur sans numéro fiscal
    [unpaid_receivable] facture antérieure impayée
    [contested_line] ligne contestée
   *[other] { $word }
}
staff-tax = { $word ->
    [S] taux normal
    [G] exportation, sans taxe
    [AE] autoliquidation
    [E] exonéré
   *[other] { $word }
}
staff-area-of = { $word ->
    [account] comptes
    [cluster] clusters
    [factor] seconds facteurs
    [domain] domaines
    [dunning] étapes des dettes
    [identity] identités
    [instance] instances
    [invitation] invitations
    [budget] budgets
    [token] jetons d’API
    [project] projets
    [invoice] factures
    [letter] lettres
    [lot] octrois
    [member] membres
    [month] clôtures des mois
    [password] mots de passe
    [auto_top_up] recharges automatiques
    [card] cartes enregistrées
    [payment] paiements par carte
    [organisation] organisations
    [period] périodes
    [person] personnes
    [price] tarifs
    [question] questions
    [quota] quotas
    [session] sessions
    [sign_off] deuxièmes signatures
    [staff] personnel
    [tax_rule] règles de taxe
    [usage] corrections d’usage
    [volume] volumes
    [wallet] versements
    [bank] relevés bancaires
    [transfer] virements
    [view] vues comme un membre
   *[other] { $word }
}
nav-bank = Banque
bank-beneath = Ce qui est arrivé par virement : rapproché par sa référence, ou en attente de vous.
bank-import = Importer un relevé
bank-import-means = Collez le fichier de la banque. Vous voyez ce qu’il dit et ce que sa comptabilisation ferait avant que rien ne soit conservé ; une même ligne n’est jamais comptabilisée deux fois.
bank-file = Le fichier de la banque
bank-file-name = Nom du fichier
bank-file-name-hint = Comme la banque l’appelle : il figure dans la liste.
bank-format = Format
bank-currency = Monnaie
bank-currency-hint = Pour un tableau seulement : les autres formats le disent eux-mêmes.
bank-content = Contenu
bank-content-hint = Tout le fichier, en texte. Un tableau est lu comme la dernière fois, ou d’après ses titres.
bank-look = Voir ce qu’il dit
bank-nothing-yet = Rien n’est encore conservé.
bank-known = Ce fichier a déjà été importé
bank-known-means = Le comptabiliser à nouveau ne comptabilise rien deux fois.
bank-book = Comptabiliser
bank-book-means = Ce qu’une référence nomme va à son organisation ; tout le reste attend parmi les lignes sans destinataire.
bank-booked = Le relevé est comptabilisé
bank-waiting = Lignes qui vous attendent
bank-waiting-none = Aucune ligne n’attend
bank-waiting-none-means = Ce qu’aucune référence ne nomme figure ici après un import.
bank-statements = Relevés
bank-statements-none = Aucun relevé importé pour l’instant
bank-statements-none-means = Téléchargez-en un auprès de la banque, en CAMT.053, MT940 ou tableau, et importez-le ici.
bank-statement = Relevé
bank-statement-beneath = Ce que ses lignes sont devenues.
bank-statement-of = Compte { $iban }
bank-days = Jours
bank-lines = Lignes
bank-known-before = Déjà connues
bank-credited = Crédité
bank-waits = En attente
bank-imported = Importé
bank-opening = Solde initial
bank-closing = Solde final
bank-onward = Lignes suivantes
bank-back = Premières lignes
bank-rest-means = Un import a été interrompu. Comptabilisez le reste : ce qui l’est déjà ne change pas.
bank-book-rest = Comptabiliser le reste
bank-payer = Payeur
bank-payer-unknown = Payeur non nommé
bank-payer-account = Compte du payeur
bank-day = Comptabilisé le
bank-written = Ce qui est écrit
bank-state = État
bank-amount = Montant
bank-plan = Sera
bank-score = Certitude sur 100
bank-place = ligne { $n }
match-about = { $reason } ({ $about })
bank-accounts = Comptes d’encaissement du hub
bank-account-none = aucun : aucun virement ne peut être annoncé
bank-account-of = Compte en { $currency }
bank-account-set = Fixer le compte
bank-account-means = Les pro formas le nomment désormais. Les précédentes gardent le compte qu’elles nommaient, dont les relevés s’importent toujours.
bank-account-done = Le hub est payé au { $iban }
bank-account-done-means = Les pro formas annoncées désormais le nomment.
bank-iban = IBAN
bank-iban-hint = Ou les 24 chiffres d’un RIB marocain.
bank-beneficiary = Bénéficiaire
bank-name = Banque
bank-line-of = Ligne de { $amount }
bank-says = Ce que dit la banque
bank-reference = Référence de la banque
bank-organisation = Organisation
bank-organisation-hint = Son mot dans les adresses, ou son identifiant.
bank-transfer = Virement annoncé
bank-transfer-hint = Son identifiant si la ligne en paie un ; vide sinon.
bank-nobody = personne de connu
bank-why = Pourquoi
bank-class = Ce qu’elle paie
bank-proposed = Ce qui est proposé
bank-decided = Ce qui a été décidé
bank-decided-by = Par
bank-match = La créditer
bank-match-means = Tout le montant va à l’organisation : d’abord à ce qu’elle doit, puis à son portefeuille. Cela s’annule.
bank-ignore = Pas à nous
bank-ignore-means = La ligne quitte les livres : elle n’est destinée à aucun portefeuille ici. Elle se rouvre.
bank-ignore-hint = À quoi sert l’argent, ou qu’il repart.
bank-undo = Annuler le rapprochement
bank-undo-means = Une écriture inverse retire le montant du portefeuille tant que rien ne le retient ; le reste est dû. La ligne attend à nouveau.
bank-undo-hint = Il figure à côté de l’écriture dans le portefeuille de l’organisation.
bank-reopen = La rouvrir
bank-reopen-means = Elle est comptabilisée parmi les lignes sans destinataire, et attend.
bank-line-matched = La ligne est créditée
bank-line-undone = Le rapprochement est annulé, la ligne attend
bank-line-ignored = La ligne est écartée
bank-line-reopened = La ligne attend à nouveau
bank-booked-waits = { $n ->
    [one] Une ligne vous attend.
   *[other] { $n } lignes vous attendent.
}
bank-rest = { $n ->
    [one] Une ligne n’est pas encore comptabilisée
   *[other] { $n } lignes ne sont pas encore comptabilisées
}
bank-line-state = { $word ->
    [new] pas encore comptabilisée
    [unmatched] en attente
    [matched] créditée
    [ignored] écartée
    [outgoing] rien n’est arrivé
   *[other] ? { $word }
}
match-class = { $word ->
    [exact] exactement ce qui manquait
    [partial] une partie ; le reste est attendu
    [over] plus que ce qui manquait ; tout est au portefeuille
    [double] une nouvelle fois ce qui était payé
    [unmatched] rien d’annoncé
   *[other] ? { $word }
}
match-word = { $word ->
    [reference] porte la référence
    [amount] exactement le montant manquant
    [payer_account] d’un compte qui a déjà payé
    [payer_name] le payeur s’appelle ainsi
    [paid_before] déjà payé
    [not_incoming] rien n’est arrivé
    [slipped_reference] référence mal saisie
    [unknown_reference] personne n’a cette référence
    [several_references] en nomme plusieurs
    [other_currency] annoncé dans une autre monnaie
    [no_reference] sans référence
    [several_items] plusieurs sont possibles
    [by_hand] décidé par une personne
   *[other] ? { $word }
}
line-plan = { $word ->
    [credit] créditée
    [wait] vous attend
    [known] déjà connue
    [refund] paie un remboursement
    [keep] seulement conservée
   *[other] ? { $word }
}
statement-format = { $word ->
    [camt_053] CAMT.053 (ISO 20022)
    [mt940] MT940 (SWIFT)
    [csv] tableau (CSV)
   *[other] ? { $word }
}
sheet-title = Comment le tableau a été lu
sheet-means = Les colonnes sont nommées par leurs titres. Ce que vous comptabilisez est retenu pour la prochaine fois.
sheet-again = Le lire ainsi
sheet-delimiter-of = Entre les cellules
sheet-decimals-of = Avant les centimes
sheet-dates-of = Jours
sheet-value = Date de valeur
sheet-amount = Montant signé
sheet-credit = Ce qui est arrivé
sheet-debit = Ce qui est parti
sheet-written = Ce qui est écrit ; plusieurs colonnes séparées par ;
sheet-balance = Solde après
sheet-delimiter = { $word ->
    [semicolon] point-virgule ;
    [comma] virgule ,
    [tab] tabulation
    [bar] barre |
   *[other] ? { $word }
}
sheet-decimals = { $word ->
    [point] point .
    [comma] virgule ,
   *[other] ? { $word }
}
sheet-dates = { $word ->
    [day_month_year] jour, mois, année
    [month_day_year] mois, jour, année
    [year_month_day] année, mois, jour
   *[other] ? { $word }
}
