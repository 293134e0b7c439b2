# Les lettres, et la liste de celles qui ne sont pas parties.
letter-greeting = Bonjour { $name },
letter-greeting-stranger = Bonjour,
letter-reset-password = Définir un nouveau mot de passe
letter-reset-password-why = Quelqu’un, sans doute vous, a demandé un nouveau mot de passe pour cette adresse.
letter-reset-password-until = Le lien ci-dessous ne sert qu’une fois, jusqu’au { $until }. Le nouveau mot de passe ferme toutes vos sessions.
letter-reset-password-way = Définir un nouveau mot de passe
letter-reset-password-beneath = Vous n’avez rien demandé ? Alors il n’y a rien à faire : votre mot de passe reste le même.
letter-invitation = Rejoindre { $organisation }
letter-invitation-why = { $by } vous invite chez { $organisation }, avec le rôle : { $role }.
letter-invitation-until = Le lien ci-dessous sert une fois, jusqu’au { $until }.
letter-invitation-way = Rejoindre
letter-invitation-beneath = Vous ne connaissez pas cette personne ? Alors vous n’avez rien à faire : rien ne se passe sans vous.
letter-member-joined = { $member } a rejoint { $organisation }
letter-member-joined-who = { $member } ({ $email }) est désormais membre de { $organisation }, avec le rôle { $role } : une connexion avec une adresse du domaine { $domain }.
letter-member-joined-means = Vous ne connaissez pas cette personne ? Retirez-la ; elle ne reviendra alors que sur invitation.
letter-member-joined-way = Voir les membres
letter-member-joined-beneath = Vous recevez cette lettre parce que { $organisation } est à vous.
letter-domain-answered = { $change ->
    [confirm] { $domain } est confirmé pour { $organisation }
   *[refuse] { $domain } n’est pas confirmé pour { $organisation }
}
letter-domain-answered-means = { $change ->
    [confirm] Le hub a vu dans le DNS que { $domain } est à vous. Désormais, qui se connecte avec une adresse vérifiée de ce domaine entre de lui-même, avec le rôle { $role }. Ce n’est pas voulu ? Abandonnez le domaine sur la page des membres.
   *[refuse] Personne n’entre par { $domain } avec le rôle { $role }. Posez l’enregistrement que montre la page des membres, puis redemandez le domaine.
}
letter-domain-answered-reason = Le hub dit : { $reason }
letter-staff-changed = { $change ->
    [appointed] { $member } a désormais le rôle { $role } au hub
   *[other] { $member } n’a plus le rôle { $role } au hub
}
letter-staff-changed-who = { $change ->
    [appointed] Depuis { $at }, { $member } ({ $email }) a le rôle { $role } au hub. Deux personnes du hub l’ont approuvé.
   *[other] Depuis { $at }, { $member } ({ $email }) n’a plus le rôle { $role } au hub.
}
letter-staff-changed-means = Cela vous surprend ? Dites-le à l’auditeur du hub : l’audit dit qui l’a fait et pourquoi.
letter-staff-changed-way = Ouvrir l’espace du hub
letter-staff-changed-beneath = Vous recevez cette lettre parce qu’elle parle de vous, ou parce que vous avez le même rôle.
letter-register = Créez votre compte
letter-register-why = Quelqu’un, vous sans doute, veut se connecter avec cette adresse.
letter-register-until = Le lien ci-dessous sert une fois, jusqu’au { $until }.
letter-register-way = Créer le compte
letter-register-beneath = Ce n’était pas vous ? Alors vous n’avez rien à faire : aucun compte n’est créé sans vous.
letter-already-registered = Vous avez déjà un compte
letter-already-registered-why = Quelqu’un, vous sans doute, a demandé un compte avec cette adresse. Il existe déjà.
letter-already-registered-means = Connectez-vous avec lui. Si le mot de passe est oublié, définissez-en un autre sur la même page.
letter-already-registered-way = Se connecter
letter-new-device = Une connexion depuis un nouvel appareil
letter-new-device-when = Le { $at }, quelqu’un s’est connecté à votre compte avec { $device }, depuis { $address }.
letter-new-device-means = C’était vous ? Il n’y a rien à faire. Sinon, fermez cette session et changez votre mot de passe.
letter-new-device-way = Voir vos sessions
letter-identity-linked = Une nouvelle entrée vers votre compte
letter-identity-linked-when = Le { $at }, votre compte a été relié à une connexion chez { $issuer }, depuis { $address }.
letter-identity-unlinked = Une entrée de votre compte a été retirée
letter-identity-unlinked-when = Le { $at }, la connexion chez { $issuer } a été retirée de votre compte, depuis { $address }.
letter-password-changed = Votre mot de passe a été changé
letter-password-changed-when = Votre mot de passe a été changé le { $at }, depuis { $address }.
letter-password-changed-means = Tous les autres appareils ont été déconnectés.
letter-password-changed-way = Ce n’était pas moi : définir un nouveau mot de passe
letter-password-changed-beneath = Vous recevez cette lettre parce qu’elle concerne la sécurité de votre compte.
letter-budget-alert = Un budget de { $organisation } a atteint { $amount }
letter-budget-alert-of = { $of ->
    [organisation] { $name } a dépensé { $amount } sur les { $ceiling } que sa limite de dépenses permet ce mois-ci.
    [project] Le projet { $name } a dépensé { $amount } sur les { $ceiling } de son budget.
    [member] Ce que { $name } a lancé a coûté { $amount } sur les { $ceiling } de son budget.
   *[token] Le jeton { $name } a dépensé { $amount } sur ses { $ceiling }.
}
letter-budget-alert-means = Au plafond, plus rien ne démarre, et ce qui tourne est arrêté. Les disques sont conservés.
letter-budget-reached = Un budget de { $organisation } est épuisé
letter-budget-reached-of = { $of ->
    [organisation] { $name } a atteint sa limite de dépenses du mois, { $ceiling }.
    [project] Le projet { $name } a atteint le plafond de son budget, { $ceiling }.
    [member] Ce que { $name } a lancé a atteint le plafond de son budget, { $ceiling }.
   *[token] Le jeton { $name } a atteint son plafond, { $ceiling }.
}
letter-budget-reached-means = { $stopped ->
    [one] Une instance a été arrêtée. Relevez le plafond pour la redémarrer.
   *[other] { $stopped } instances ont été arrêtées. Relevez le plafond pour les redémarrer.
}
letter-budget-way = Voir les budgets
letter-budget-beneath = Vous recevez ce courrier parce que vous gérez ce budget, ou parce qu’il est le vôtre.
letter-money-low = { $step ->
    [m10] { $organisation } a moins de 10 minutes d’argent restant
   *[m30] { $organisation } a moins de 30 minutes d’argent restant
}
letter-money-low-when = Au rythme actuel, l’argent de { $organisation } s’épuise le { $at }. Tout ce qui tourne est alors arrêté, et plus rien ne démarre.
letter-money-low-means = Rechargez le portefeuille avant, ou arrêtez ce qui ne vous sert pas. Les volumes sont conservés ; ce qui est en mémoire ou sur le disque propre d’un conteneur est perdu.
letter-money-out = L’argent de { $organisation } est épuisé
letter-money-out-stopped = { $stopped ->
    [one] Le { $at }, une instance a été arrêtée : { $names }.
   *[other] Le { $at }, { $stopped } instances ont été arrêtées : { $names }.
}
letter-money-out-means = Ce qui tournait n’est plus facturé. Les volumes sont conservés grâce à ce qui a été mis de côté pour eux. Rechargez le portefeuille pour redémarrer.
letter-lot-ending = { $step ->
    [lot_30] La subvention { $lot } de { $organisation } prend fin dans 30 jours
    [lot_7] La subvention { $lot } de { $organisation } prend fin dans 7 jours
   *[lot_1] La subvention { $lot } de { $organisation } prend fin dans moins d’un jour
}
letter-lot-ending-when = Le { $at }, la subvention { $lot } prend fin. Il en reste : { $left }.
letter-lot-ending-means = Ce qui n’est pas utilisé d’ici là est perdu. Ce qui tourne ensuite est payé par d’autres subventions ou par le portefeuille.
letter-line-answered = { $change ->
    [credited] La ligne { $line } de la facture { $invoice } fait l’objet d’un avoir
   *[refused] La ligne { $line } de la facture { $invoice } reste telle que facturée
}
letter-line-answered-what = { $change ->
    [credited] { $organisation } a contesté la ligne { $line } de la facture { $invoice }. Le hub a émis pour elle l’avoir { $note } de { $amount }, taxe comprise : chacun récupère ce qu’il a payé.
   *[refused] { $organisation } a contesté la ligne { $line } de la facture { $invoice }, { $amount } hors taxe. Le hub l’a examinée et la laisse telle quelle.
}
letter-line-answered-reason = Ce que dit le hub : { $reason }
letter-line-answered-way = Voir la réponse
letter-auto-top-up-declined = La recharge automatique de { $organisation } a été refusée
letter-auto-top-up-declined-of = { $amount } devaient être débités de la carte se terminant par { $card } pour le portefeuille de { $organisation }.
letter-auto-top-up-declined-means = { $paused ->
    [yes] La carte a été refusée deux fois de suite : la recharge automatique est en pause. Donnez de nouveau votre accord, avec cette carte ou une autre.
   *[no] Un nouvel essai a lieu dans une heure si l’argent manque encore. Rechargez à la main, ou choisissez une autre carte.
}
letter-auto-top-up-declined-way = Ouvrir la recharge automatique
letter-auto-top-up-asks = Votre banque vous demande : recharge de { $organisation }
letter-auto-top-up-asks-of = { $amount } doivent être débités de la carte se terminant par { $card } pour le portefeuille de { $organisation }, et sa banque veut s’assurer que c’est vous.
letter-auto-top-up-asks-means = Rien n’a encore été débité. Qui détient la carte peut continuer le paiement et répondre à sa banque.
letter-auto-top-up-asks-way = Continuer le paiement
letter-sign-off-waits = { $word ->
    [finalise] Une seconde signature est demandée : facture de { $organisation }
    [refund] Une seconde signature est demandée : remboursement à { $organisation }
    [write_off] Une seconde signature est demandée : passage en perte pour { $organisation }
   *[close] Une seconde signature est demandée : clôture de { $month }
}
letter-sign-off-waits-what = { $word ->
    [finalise] { $by } veut finaliser une facture de { $organisation } de { $amount }.
    [refund] { $by } veut rembourser { $amount } à { $organisation }.
    [write_off] { $by } veut passer en perte { $amount } que { $organisation } doit.
   *[close] { $by } veut clore le mois { $month }, où { $amount } ont été facturés.
}
letter-sign-off-waits-means = Cela dépasse ce qu’une seule personne peut faire. Regardez, puis signez exactement cela ou refusez avec une raison.
letter-sign-off-waits-way = Voir ce qui est à signer
letter-sign-off-limit-waits = { $word ->
    [finalise] Une limite plus large vous attend : factures en { $currency }
    [refund] Une limite plus large vous attend : remboursements en { $currency }
    [write_off] Une limite plus large vous attend : passages en perte en { $currency }
   *[close] Une limite plus large vous attend : clôtures de mois en { $currency }
}
letter-sign-off-limit-waits-what = { $word ->
    [finalise] { $by } demande qu’une seule personne puisse finaliser des factures : { $wanted }. Tant que personne d’autre de la finance ne l’approuve, la limite reste : { $present }.
    [refund] { $by } demande qu’une seule personne puisse rembourser : { $wanted }. Tant que personne d’autre de la finance ne l’approuve, la limite reste : { $present }.
    [write_off] { $by } demande qu’une seule personne puisse passer des dettes en perte : { $wanted }. Tant que personne d’autre de la finance ne l’approuve, la limite reste : { $present }.
   *[close] { $by } demande qu’une seule personne puisse clore des mois : { $wanted }. Tant que personne d’autre de la finance ne l’approuve, la limite reste : { $present }.
}
letter-sign-off-limit-waits-means = Ce qui dépasse une limite est signé par deux personnes. Regardez s’il faut qu’il y en ait moins, puis approuvez exactement cela ou reprenez la demande.
letter-sign-off-limit-waits-way = Voir les limites
letter-line-contested = { $organisation } conteste la ligne { $line } de la facture { $invoice }
letter-line-contested-what = { $organisation } conteste { $amount } hors taxe de la ligne { $line } de la facture { $invoice }.
letter-line-contested-reason = Ce qu’ils disent : { $reason }
letter-line-contested-way = Y répondre
letter-hub-money-beneath = Vous recevez cette lettre parce que vous vous occupez de l’argent du hub.
letter-volumes-ending = { $step ->
    [frozen] Des volumes de { $organisation } sont gelés
    [d14] Des volumes de { $organisation } seront supprimés dans 14 jours
    [d7] Des volumes de { $organisation } seront supprimés dans 7 jours
    [d1] Des volumes de { $organisation } seront supprimés dans moins d’un jour
   *[gone] Des volumes de { $organisation } ont été supprimés
}
letter-volumes-ending-when = { $step ->
    [gone] Le { $at }, ces volumes ont été supprimés définitivement : { $names }.
   *[other] Le { $at }, ces volumes seront supprimés définitivement, sauf si de l’argent arrive avant : { $names }.
}
letter-volumes-ending-means = { $step ->
    [gone] Il n’en reste rien : personne ne les avait payés après trois avis.
   *[other] D’ici là, ils sont conservés, ni montés ni facturés. Rechargez le portefeuille et ils reviennent aussitôt.
}
letter-money-beneath = Vous recevez cette lettre parce que vous veillez sur l’argent de { $organisation }.
letter-change-address = Connectez-vous avec cette adresse
letter-change-address-why = Quelqu’un, vous sans doute, veut désormais se connecter à son compte avec cette adresse.
letter-change-address-way = Utiliser cette adresse
letter-change-address-beneath = Ce n’était pas vous ? Alors vous n’avez rien à faire : rien ne se passe sans vous.
letter-address-changed = Votre adresse a été changée
letter-address-changed-when = Le { $at }, l’adresse de votre compte est devenue { $email }, depuis { $address }.
letter-address-changed-means = C’est avec elle que vous vous connectez désormais. Si ce n’était pas vous, écrivez aussitôt au hub : lui seul peut revenir en arrière.
letter-account-closed = Votre compte est fermé
letter-account-closed-when = Vous avez fermé votre compte. Le { $until }, ce que nous gardons de vous est effacé.
letter-account-closed-means = D’ici là, vous pouvez le garder : connectez-vous et dites-le sur la page de vos réglages.
letter-organisation-closed = { $change ->
    [closed] { $organisation } est fermée
    [kept] { $organisation } est finalement gardée
   *[ended] { $organisation } a pris fin
}
letter-organisation-closed-when = { $change ->
    [closed] Un propriétaire a fermé { $organisation }. Plus rien n’y démarre, et ses jetons d’API sont révoqués. Elle prend fin le { $until }.
    [kept] Le { $until }, un propriétaire est revenu sur la fermeture de { $organisation }. Rien n’a été supprimé ; ses jetons d’API restent révoqués.
   *[ended] Le { $until }, { $organisation } a pris fin, comme l’un de ses propriétaires l’avait demandé. Plus personne n’en est membre, et ce qui restait de ses instances et de ses volumes est supprimé.
}
letter-organisation-closed-means = { $change ->
    [closed] Jusque-là, chaque propriétaire peut la garder. Ce n’était aucun de vous ? Gardez-la, puis cherchez dans son audit qui c’était.
    [kept] Créez des jetons pour les programmes qui en ont besoin.
   *[ended] Ce qui a été utilisé est encore facturé : les finances du hub envoient la dernière facture et remboursent ce qui reste de l’argent payé d’avance. Les factures et les livres sont gardés dix ans.
}
letter-organisation-closed-way = { $change ->
    [closed] Garder l’organisation
    [kept] Ouvrir l’organisation
   *[ended] Ouvrir le portail
}
letter-factor-changed = Un changement dans votre façon de vous connecter
letter-factor-changed-when = Le { $at }, depuis { $address } : { $change ->
    [totp-set] une application d’authentification a été activée comme second facteur.
    [totp-removed] l’application d’authentification a été retirée.
    [passkey-added] une clé d’accès a été ajoutée.
    [passkey-removed] une clé d’accès a été retirée.
    [codes-made] de nouveaux codes de secours ont été créés ; les précédents ne servent plus.
    [code-used] un code de secours a été utilisé pour entrer.
   *[other] ?{ $change }
}
letter-factor-changed-means = C’était vous ? Alors il n’y a rien à faire. Sinon, définissez un nouveau mot de passe et regardez ce qui est activé.
letter-factor-changed-way = Voir ce qui est activé
letter-factors-reset = { $change ->
    [done] Vos seconds facteurs ont été retirés
    [withdrawn] Vos seconds facteurs restent
   *[asked] Vos seconds facteurs vont être retirés
}
letter-factors-reset-when = { $change ->
    [done] Le { $until }, deux opérateurs du hub ont retiré tous les seconds facteurs de votre compte : application, clés d’accès et codes de secours. Toutes vos sessions sont fermées.
    [withdrawn] Le { $until }, le hub est revenu sur le retrait de vos seconds facteurs. Rien n’a changé.
   *[asked] Un opérateur du hub a demandé de retirer tous les seconds facteurs de votre compte : application, clés d’accès et codes de secours. Un autre peut l’approuver jusqu’au { $until }.
}
letter-factors-reset-means = { $change ->
    [done] Connectez-vous avec votre mot de passe et configurez un nouveau facteur. Ce n’était pas vous ? Définissez aussitôt un nouveau mot de passe, et écrivez au hub.
    [withdrawn] Vous les avez tout de même perdus ? Écrivez de nouveau au hub.
   *[asked] Vous avez dit au hub que vous les avez perdus ? Alors attendez : une lettre suit. Ce n’était pas vous ? Connectez-vous avec votre facteur, arrêtez la demande et écrivez au hub.
}
letter-factors-reset-way = { $change ->
    [done] Ce n’était pas moi : définir un nouveau mot de passe
    [withdrawn] Voir ce qui est configuré
   *[asked] Ce n’était pas moi : l’arrêter
}
letter-account-stopped = { $change ->
    [stopped] Votre compte est bloqué
    [signed-out] Toutes vos sessions sont fermées
   *[opened] Votre compte est rouvert
}
letter-account-stopped-when = { $change ->
    [stopped] Le { $at }, le hub a bloqué votre compte, car il est peut-être en d’autres mains. Toutes vos sessions sont fermées, personne ne peut se connecter et vos propres jetons d’API n’ouvrent rien. Ce que vous avez est gardé.
    [signed-out] Le { $at }, le hub a fermé toutes les sessions de votre compte. Rien d’autre n’a changé.
   *[opened] Le { $at }, le hub a rouvert votre compte. Vous vous connectez comme avant, et vos propres jetons d’API ouvrent ce qu’ils ouvraient.
}
letter-account-stopped-means = { $change ->
    [stopped] Définissez dès maintenant un nouveau mot de passe, et écrivez au hub : il vérifie qui vous êtes et rouvre le compte.
    [signed-out] Reconnectez-vous. Vous ne savez pas pourquoi ? Définissez un nouveau mot de passe, et regardez ce qui est configuré.
   *[opened] Définissez un nouveau mot de passe si ce n’est pas fait, puis regardez vos seconds facteurs et vos jetons : retirez ce que vous ne connaissez pas.
}
letter-account-stopped-way = Définir un nouveau mot de passe
letter-operators-told = { $change ->
    [stopped] Le compte de { $member } est bloqué
    [signed-out] Toutes les sessions de { $member } sont fermées
   *[opened] Le compte de { $member } est rouvert
}
letter-operators-told-who = { $change ->
    [stopped] Le { $at }, { $by } a bloqué le compte de { $member } ({ $email }). La raison : { $reason }
    [signed-out] Le { $at }, { $by } a fermé toutes les sessions de { $member } ({ $email }).
   *[opened] Le { $at }, { $by } a rouvert le compte de { $member } ({ $email }). La raison : { $reason }
}
letter-operators-told-means = Cela vous surprend ? Parlez-en avec cette personne et avec l’auditeur du hub : sous Personnes, un compte se trouve, se bloque et se rouvre.
letter-operators-told-beneath = Vous recevez cette lettre parce que vous êtes opérateur du hub.
letter-kind = { $word ->
    [account-stopped] compte bloqué, rouvert ou déconnecté
    [operators-told] opérateurs informés d’un compte
    [factor-changed] facteurs modifiés
    [factors-reset] facteurs perdus retirés ou près de l’être
    [identity-linked] compte relié à un fournisseur
    [identity-unlinked] compte détaché d’un fournisseur
    [register] compte demandé
    [already-registered] compte déjà là
    [staff-changed] rôle au hub changé
    [member-joined] quelqu’un est entré par le domaine
    [domain-answered] domaine confirmé ou refusé
    [invitation] invitation
    [reset-password] nouveau mot de passe demandé
    [new-device] connexion depuis un nouvel appareil
    [password-changed] mot de passe changé
    [budget-alert] budget près de son plafond
    [budget-reached] budget à son plafond
    [money-low] argent près d’être épuisé
    [money-out] argent épuisé
    [auto-top-up-declined] recharge automatique refusée
    [auto-top-up-asks] recharge automatique en attente d’une personne
    [lot-ending] subvention près de sa fin
    [line-contested] ligne contestée
    [sign-off-waits] seconde signature demandée
    [sign-off-limit-waits] limite de signature plus large demandée
    [line-answered] réponse sur une ligne contestée
    [payment-overdue] paiement en retard
    [refund-paid] argent remboursé
    [refund-failed] remboursement impossible
    [volumes-ending] volumes gelés ou près d’être supprimés
    [change-address] autre adresse demandée
    [account-closed] compte fermé
    [address-changed] adresse changée
    [organisation-closed] organisation fermée ou gardée
   *[other] ?{ $word }
}
letter-state = { $word ->
    [waits] nouvel essai prévu
    [given-up] abandonnée
   *[other] ?{ $word }
}
letters-beneath = Ce qui n’est pas parti au premier essai. Le contenu n’est pas montré : il peut porter un secret.
letters-empty = Toutes les lettres sont parties
letters-empty-means = Une lettre que le serveur de courrier ne prend pas est réessayée tant qu’elle sert, et figure ici entre-temps.
letter-to = À
letter-state-of = État
letter-failure = Ce qu’a dit le serveur de courrier
letter-attempts = { $n ->
    [one] un essai
   *[other] { $n } essais
}
letter-written = Écrite
letter-acts = Qu’en faire
letter-retry = Essayer maintenant
letter-retried = La lettre est réessayée maintenant
letter-discard = Jeter
letter-discarded = La lettre a été jetée
mailbox-title = Boîte aux lettres de ce lancement de développement
mailbox-beneath = Rien n’est envoyé ici : les lettres restent à lire pour qui peut ouvrir cette page.
mailbox-empty = Aucune lettre pour l’instant
mailbox-empty-means = Demandez un nouveau mot de passe : sa lettre est ici une seconde plus tard.
mailbox-to = À
