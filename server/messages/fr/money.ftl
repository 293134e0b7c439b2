# Solde, rythme de dépense, subventions.
balance = Solde
balance-lasts = encore { $about } à { $rate }, TTC
balance-still = Rien ne consomme en ce moment
balance-out = Solde épuisé : rechargez pour lancer à nouveau
top-up = Recharger
net = HT
balance-granted = et { $amount } accordés
balance-long = Plus d’un an à { $rate }, taxe comprise
usage-beneath = Ce qui a été occupé, seconde par seconde, et ce qui en est facturé. Les montants viennent de la fonction qui fait la facture.
usage-days-of = Temps GPU par jour, { $month }
usage-day = Jour
usage-billed = Facturé
usage-unbilled = Non facturé
usage-so-far = { $month }, jusqu’ici
usage-not-closed = sa facture est à venir
usage-used = Temps GPU
usage-what = Quoi
usage-rate = { $currency } / h
usage-net = Net { $currency }
usage-granted = Don du hub
usage-not-billed = Non facturé, et pourquoi
usage-why = Pourquoi
usage-none = Aucune seconde n’a encore été utilisée cette période
usage-none-means = Dès que le GPU d’une instance répond, ses secondes apparaissent ici.
usage-focus = Usage en FOCUS 1.2
usage-months = Mois
usage-summed = Cumul
usage-by = { $word ->
    [project] Par projet
    [member] Par membre
    [flavour] Par GPU
   *[other] ? { $word }
}
usage-group = { $word ->
    [project] Projet
    [member] Membre
    [flavour] GPU
   *[other] ? { $word }
}
usage-tax = Taxe { $currency }
usage-by-grants = Payé par subventions { $currency }
usage-by-wallet = Payé par portefeuille { $currency }
usage-wallet = Portefeuille, avec ce qui reste dû
usage-grants = Subventions
usage-total = Ensemble
usage-paid-means = Net et taxe sont ce que subventions et portefeuille ont payé, taxe comprise ; la part du portefeuille compte ce qui reste dû. Le fichier donne chaque tranche au millionième près.
usage-program = jeton
usage-left = N’est plus membre
usage-unknown = Non consigné
usage-month-none = Rien n’a été facturé ce mois-ci
usage-month-none-means = Choisissez un autre mois ci-dessus.
wallet-beneath = Tout ce qui est entré et sorti, et ce qui paie ensuite.
wallet-held = Mis de côté
wallet-held-means = pour ce qui tourne et n’est pas encore comptabilisé
wallet-free = Disponible
wallet-free-means = ce qu’un nouveau démarrage peut prendre
wallet-credit-limit = limite de crédit { $amount }
wallet-burn = Dépense
wallet-runs-until = dure jusqu’au { $moment }
wallet-settled = L’usage avant le { $moment } est comptabilisé.
wallet-owed = { $amount } reste dû
wallet-owed-means = L’usage a dépassé le solde. Le prochain virement le paie d’abord, et rien ne démarre avant.
top-up-title = Recharger
top-up-means = Annoncez ce que vous virerez : vous recevez le compte et une référence. L’argent figure ici dès que la finance du hub a importé le relevé de la banque.
top-up-card = Recharger par carte
top-up-card-none = Ce hub n’accepte pas les cartes ; le virement est la voie à suivre.
top-up-card-beneath = Vous payez sur une page du prestataire de cartes du hub. Le montant est dans le portefeuille dès qu’il le confirme.
top-up-amount = Montant
top-up-amount-hint = La taxe est prise à la dépense, pas maintenant.
top-up-go-on = Continuer vers le paiement
top-up-waiting = En attente
top-up-of = Recharge de { $amount }
top-up-state = État
top-up-asked = Demandée
top-up-by = Par
top-up-look = Regarder à nouveau
top-up-pay = Payer par carte
top-up-another = Recharger à nouveau
top-up-to-wallet = Vers le portefeuille
top-up-is = { $word ->
    [wanted] Demandée
    [sent] Le prestataire a été sollicité
    [waits] En cours
    [needs_person] À payer
    [failed] Refusée
    [cancelled] Annulée
    [expired] Pas payée à temps
    [succeeded] Dans le portefeuille
   *[other] ? { $word }
}
top-up-means-of = { $word ->
    [wanted] La page du prestataire s’ouvre. Regardez à nouveau dans un instant.
    [sent] Le prestataire n’a pas encore répondu et sera sollicité à nouveau. Regardez à nouveau dans un instant ; rien n’est payé deux fois.
    [waits] Le prestataire dit que le paiement est en cours. Cela peut durer, et personne n’a rien à faire.
    [needs_person] Payez sur la page du prestataire. Si vous venez de payer, regardez à nouveau dans un instant.
    [failed] Rien n’a été débité.
    [cancelled] Rien n’a été débité.
    [expired] Rien n’a été débité. Si de l’argent arrive quand même, il va dans le portefeuille.
    [succeeded] Le montant figure parmi les écritures.
   *[other] ? { $word }
}
top-up-failure = { $word ->
    [card_declined] La carte a été refusée. Rien n’a été débité ; demandez à votre banque, ou prenez une autre carte.
    [insufficient_funds] La carte ne couvre pas le montant. Rien n’a été débité.
    [expired_card] La carte a expiré. Rien n’a été débité.
    [authentication_required] Votre banque voulait s’assurer que c’est vous. Rien n’a été débité ; réessayez.
    [expired] Personne n’a montré à temps à la banque que c’est bien lui. Rien n’a été débité.
    [organisation_closes] L’organisation a été fermée avant tout débit.
   *[other] Le prestataire dit : { $word }. Rien n’a été débité.
}
top-up-keep-card = Garder cette carte pour les recharges automatiques
cards-title = Cartes enregistrées
cards-beneath = Le prestataire de cartes du hub les garde ; leurs numéros n’arrivent jamais ici.
cards-none = Aucune carte n’est gardée.
card-asked = La carte peut être donnée maintenant
card-chosen = Cette carte est désormais la carte habituelle
card-removed = La carte n’est plus gardée
card-name = { $brand } se terminant par { $last4 }
card-save = Enregistrer une carte
card-save-means = Vous la donnez sur une page du prestataire de cartes du hub. Rien n’est débité.
card-head = Carte
card-expires-head = Expire
card-state-head = État
card-actions = Ce qui est possible
card-new = Carte du { $moment }
card-default = Habituelle
card-give = Donner la carte
card-choose = En faire l’habituelle
card-remove = Retirer
card-is = { $word ->
    [wanted] Demandée
    [sent] Prestataire interrogé
    [needs_person] À donner
    [failed] Non gardée
    [expired] Non donnée à temps
    [saved] Gardée
    [removing] En cours de retrait
    [removed] Retirée
   *[other] ? { $word }
}
auto-top-up = Recharge automatique
auto-top-up-beneath = Quand l’argent passe sous ce que vous dites, une carte enregistrée recharge le portefeuille, une fois par heure au plus.
auto-top-up-none = Le portefeuille ne se recharge pas tout seul.
auto-top-up-agreed = Le portefeuille se recharge désormais tout seul
auto-top-up-left = { $amount } peuvent encore être débités ce mois-ci.
auto-top-up-ended = Le portefeuille ne se recharge plus tout seul
auto-top-up-asks = Votre banque vous demande avant que { $amount } n’arrivent dans le portefeuille
auto-top-up-asks-means = Une recharge automatique attend que quelqu’un montre à la banque que c’est bien lui.
auto-top-up-asks-way = Continuer vers le paiement
auto-top-up-paused = La recharge automatique est en pause
auto-top-up-paused-means = La carte a été refusée deux fois de suite. Donnez de nouveau votre accord, avec cette carte ou une autre.
auto-top-up-change = Modifier
auto-top-up-end = Y mettre fin
auto-top-up-state = État
auto-top-up-is = { $word ->
    [on] Active
    [paused] En pause
    [off] Arrêtée
   *[other] ? { $word }
}
auto-top-up-below = En dessous de
auto-top-up-below-hint = Compte le portefeuille moins l’usage qui n’est pas encore comptabilisé.
auto-top-up-amount = Montant
auto-top-up-amount-hint = Chaque fois, une fois par heure au plus.
auto-top-up-limit = Au plus par mois
auto-top-up-limit-hint = Toutes les recharges automatiques d’un mois civil ensemble.
auto-top-up-left-head = Reste ce mois-ci
auto-top-up-by = Accord de
auto-top-up-since = Accord du
auto-top-up-needs-card = Il faut une carte enregistrée.
auto-top-up-consent = J’accepte que le hub débite ces montants de cette carte sans me demander chaque fois.
auto-top-up-agree = Donner mon accord
lots = Subventions
lots-none = Pas encore de subvention. L’incubateur du hub les accorde.
lot-name = Subvention
lot-left = Reste
lot-of = sur { $amount }
lot-scope = Paie
lot-scope-all = tout
lot-scope-projects = { $n ->
    [one] un projet
   *[other] { $n } projets
}
lot-ends = Fin
lot-never = jamais
lot-begins = à partir du { $date }
lot-over = terminée
lot-kind = { $word ->
    [promo] payée par le hub
    [sponsored] payée par un bailleur
   *[other] ? { $word }
}
gpu-time = { $span } de { $flavour }
entries = Écritures
entries-none = Rien n’a encore été comptabilisé
entries-none-means = Virements, subventions et usage apparaissent ici, chacun avec le solde qui suit.
entry-when = Quand
entry-what = Quoi
entry-amount = Portefeuille
entry-lots = Subventions
entry-balance = Solde après
entry-usage = du { $from } au { $through }
entry-kind = { $word ->
    [top_up] Versement reçu
    [grant] Subvention
    [undo] Subvention reprise
    [settlement] Usage
    [expiry] Subvention expirée
    [invoice] Facture
    [credit_note] Avoir
    [unmatched] Argent sans destinataire
    [transfer_undone] Virement repris
    [withholding] Retenue à la source
    [withholding_undone] Retenue reprise
    [write_off] Dette passée en perte
    [write_off_undone] Dette passée en perte due à nouveau
    [refund] Remboursement
    [refund_undone] Remboursement échoué, argent de retour
    [refund_paid] Remboursement payé par la banque
   *[other] ? { $word }
}
top-up-by-transfer = Recharger par virement
transfers = Virements
transfers-beneath = Recharges par virement : annoncées, attendues et reçues.
transfers-none = Aucun virement annoncé pour l’instant
transfers-none-means = Annoncez-en un : vous recevez le compte et une référence, par laquelle l’argent rejoint le portefeuille.
transfer-announce = Annoncer un virement
transfer-announce-means = Vous recevez une pro forma avec le compte et une référence propre. Rien n’est comptabilisé avant l’arrivée de l’argent.
transfer-who = Les propriétaires, les administrateurs et la facturation annoncent les virements.
transfer-amount = Montant
transfer-amount-hint = En centimes entiers, comme 1250.50.
transfer-announced = Le virement est annoncé
transfer-announced-means = Virez le montant avec exactement cette référence : elle dit à qui est l’argent.
transfer-reference = Référence
transfer-state-of = État
transfer-announced-on = Annoncé
transfer-paid = Reçu
transfer-missing = Manque encore
transfer-beneath = Ce qu’il faut dire à votre banque. La page s’imprime bien.
transfer-proforma = Pro forma { $reference }
transfer-announced-at = Annoncé le { $date }
transfer-until = Attendu jusqu’au { $date }
transfer-mention = Ceci n’est pas une facture : une recharge est comptabilisée à l’arrivée de l’argent, et les factures suivent l’usage.
transfer-rib = RIB (depuis le Maroc)
transfer-iban = IBAN
transfer-beneficiary = Bénéficiaire
transfer-bank = Banque
transfer-code = Code pour un téléphone
transfer-code-means = Il contient le compte, le montant et la référence : pour payer si l’application de la banque le lit, sinon pour copier.
transfer-cancel = L’annuler
transfer-cancel-means = Plus personne n’y compte. L’argent qui arrive malgré tout avec cette référence rejoint votre portefeuille.
transfer-cancelled = Le virement est annulé
transfer-state = { $word ->
    [open] attendu
    [paid] payé
    [expired] expiré
    [cancelled] annulé
   *[other] ? { $word }
}
# La limite de dépenses de l’organisation.
limit = Limite de dépenses
limit-none = Rien ne limite l’organisation, sinon le portefeuille.
limit-is = Au plus { $ceiling } par mois, avec un courrier à { $alert }.
limit-ceiling = Maximum à dépenser en un mois
limit-ceiling-hint = Taxe comprise, qui que ce soit qui lance. Au maximum, les lancements sont refusés et ce qui tourne est arrêté. Vide : plus de limite.
limit-alert-hint = Propriétaires, administrateurs et facturation reçoivent un courrier. Vide : quatre cinquièmes du maximum.
limit-save = Enregistrer la limite
limit-set = L’organisation peut dépenser { $ceiling } par mois
limit-removed = Plus rien ne limite l’organisation, sinon le portefeuille
