# La clôture d’un mois, et la finalisation de tous ses brouillons.
close-months = Clôture des mois
close-months-beneath = Un mois s’ouvre à la clôture une fois fini, se règle ligne par ligne, puis se ferme : dès lors, plus rien n’y est comptabilisé.
close-month = Mois
close-month-state = { $word ->
    [running] En cours
    [unopened] Fini
    [open] En clôture
    [closed] Clos
   *[other] ? { $word }
}
close-opened-by = Ouvert par
close-closed-by = Clos par
close-open = Ouvrir la clôture
close-open-means = Dès lors, chacun voit ce qui manque. Rien ne change pour les clients.
close-opened = La clôture de { $month } est ouverte
close-closed = { $month } est clos
close-of = Clôture de { $month }
close-checklist = Liste de contrôle
close-checklist-means = Chaque ligne est recomptée depuis la base à l’ouverture de la page, et encore une fois à la clôture. Aucune ne se coche à la main.
close-progress = { $done } lignes sur { $all } sont en ordre
close-holds = En ordre
close-stands-in-the-way = { $count } : { $means }
close-check = { $word ->
    [clusters] Chaque cluster est connu jusqu’à la fin du mois
    [periods] Chaque période est close
    [drafted] Chaque période close a son brouillon
    [review] Chaque raison de regarder a été regardée
    [bank] Aucune ligne de la banque n’attend
    [provider] Le prestataire de paiement et nous sommes d’accord
    [drafts] Chaque brouillon est définitif
    [balance] La balance est nulle et égale au grand livre
    [rules] Toutes les autres règles des livres tiennent
   *[other] ? { $word }
}
close-check-open = { $word ->
    [clusters] clusters sans nouvelles ; attendez-les ou renoncez-y
    [periods] périodes encore à clore
    [drafted] périodes closes sans brouillon
    [review] brouillons dont personne n’a regardé les raisons
    [bank] lignes de relevés que personne n’a décidées
    [provider] constats à examiner
    [drafts] brouillons à finaliser
    [balance] endroits où les sommes diffèrent ; appelez l’opérateur avant de continuer
    [rules] règles enfreintes ; appelez l’opérateur avant de continuer
   *[other] ? { $word }
}
close-close = Clore le mois
close-ask-means = { $amount } ont été facturés, ce qui dépasse ce qu’une seule personne peut clore. Quelqu’un d’autre de la finance signe le mois tel qu’il est ; s’il change, il faut signer à nouveau.
close-close-means = Toutes les lignes sont en ordre. Après la clôture, plus rien n’est comptabilisé dans le mois ; ce qui vient plus tard porte la date de sa comptabilisation.
close-is-closed = Le mois est clos. Sa liste de contrôle reste telle qu’elle était alors.
close-runs = Le mois n’est pas encore fini.
close-forbidden = Seule la finance clôt les mois.
close-waits-for = En attente de : { $check }
close-finalise-all = Finaliser tous les brouillons
close-finalise-means = Numérote l’un après l’autre les brouillons jusqu’à la fin du mois qui ne demandent pas de regard. Ceux dont personne n’a regardé les raisons sont laissés, et ceux qui ont changé sont signalés.
close-all-currencies = Toutes les devises
close-no-drafts = Il n’y a pas de brouillon.
close-run-begun = La finalisation des brouillons a commencé
close-run-stopped = Arrêté : aucun autre brouillon n’est entamé
close-run-of = Finalisation de { $month }
close-run-beneath = Elle continue d’elle-même, même si vous quittez cette page et si le portail redémarre. Rechargez la page pour voir la liste à jour.
close-run-state = { $word ->
    [running] En cours
    [stopped] Arrêtée
    [ended] Terminée
   *[other] ? { $word }
}
close-run-counts = { $done } sur { $all } sont définitifs.
close-run-left = Impossibles : { $failed }. À regarder : { $left }. En attente : { $waiting }.
close-run-stop = Arrêter
close-asked-by = Demandée par
close-over-at = Terminée depuis
close-for-people = À regarder par vous
close-for-people-means = Ouvrez un brouillon, regardez-le et finalisez-le sur place, ou demandez encore une fois tous les brouillons.
close-for-nobody = Rien pour l’instant.
close-item-state = { $word ->
    [waiting] En attente
    [done] Définitif
    [failed] Impossible
    [left] À regarder
   *[other] ? { $word }
}
close-looks = Regardé
close-look = J’ai regardé
close-look-hint = Ce que vous avez trouvé, pour l’auditeur : 1 à 500 caractères.
close-looked = Noté : ses raisons ont été regardées
close-findings = Constats de paiements
close-findings-beneath = Ici, ce que dit le prestataire de paiement et ce que nous avons comptabilisé diffèrent. Rien n’en a été crédité.
close-finding = { $word ->
    [amount_differs] Un autre montant que le nôtre
    [unknown_payment] Un paiement que nous ne connaissons pas
    [not_at_provider] Pas payé, dit le prestataire
    [unreadable_event] Un avis illisible
    [refund_differs] Un remboursement d’un autre montant que demandé
    [unknown_refund] De l’argent reparti sans nous : un remboursement, ou une contestation du titulaire de la carte
   *[other] ? { $word }
}
close-finding-of = Son nom chez le prestataire
close-found-at = Constaté
close-finding-first = Examiner le premier
close-finding-hint = Ce que c’était et ce qui a été fait : 1 à 500 caractères.
close-finding-settle = Le noter
close-finding-settled = Le constat a été examiné
close-no-findings = Aucun constat n’est ouvert
close-no-findings-means = Le prestataire et nous sommes d’accord. Les deux côtés sont comparés chaque heure.
