refund = Remboursement
refunds = Remboursements
refunds-of = Remboursements de { $name }
refunds-beneath = De l’argent d’un portefeuille qui retourne à la carte ou au compte d’où il est venu.
refund-give = Rembourser
refund-nothing = Rien ne peut être remboursé
refund-nothing-means = Seul peut l’être ce qui est venu par carte ou par virement, n’a pas été remboursé et se trouve libre dans le portefeuille. Ce qui tourne en retient une part : arrêtez-le d’abord.
refund-what = De quoi
refund-what-hint = L’argent retourne par où il est venu.
refund-source = { $rail ->
    [card] Carte, { $date } : { $amount } reçus, jusqu’à { $most } remboursables
   *[transfer] Virement, { $date } : { $amount } reçus, jusqu’à { $most } remboursables
}
refund-amount = Montant
refund-amount-hint = En centimes entiers, comme 1250,50 ; vide pour tout ce qui peut l’être.
refund-reason-hint = L’organisation le lit.
refund-means = L’argent quitte le portefeuille aussitôt. Vous voyez ce qui se passe avant que cela n’arrive.
refund-see = Voir l’effet
refund-would = Ce qui se passe
refund-nothing-yet = Rien n’est encore comptabilisé.
refund-final = Le prestataire d’une carte est averti aussitôt, une banque l’est par vous : on ne peut plus l’arrêter ensuite.
refund-now = Rembourser maintenant
refund-ask-to-sign = Cela dépasse ce qu’une seule personne peut rembourser. Quelqu’un d’autre de la finance signe exactement cela.
refund-where = Destination
refund-rail = { $rail ->
    [card] Carte
   *[transfer] Compte bancaire
}
refund-to = { $rail ->
    [card] Carte se terminant par { $ends }
   *[transfer] Compte se terminant par { $ends }
}
refund-came = Reçu
refund-before = Déjà remboursé
refund-balance-after = Solde après
refund-free-after = Libre après
refund-payee = Bénéficiaire
refund-account = Compte
refund-account-unknown = absent du relevé : demandez à la banque qui a payé
refund-asked = { $amount } sont remboursés
refund-asked-next = { $rail ->
    [card] Le prestataire de la carte est averti maintenant ; les banques prennent cinq à dix jours.
   *[transfer] Il reste au bureau des remboursements jusqu’à ce que la banque l’ait payé.
}
refunds-none = Rien n’a encore été remboursé
refunds-none-means = Les remboursements apparaissent ici avec ce qu’ils sont devenus.
refund-asked-at = Demandé
refund-state-of = État
refund-state = { $word ->
    [wanted] commence
    [sent] transmis
    [waits] en route
    [to_pay] à payer
    [succeeded] payé
    [failed] échoué, de retour dans le portefeuille
   *[other] ? { $word }
}
refund-of = Remboursement de { $amount }
refunds-to-pay = À payer par la banque
refunds-to-pay-none = Rien n’est à payer
refunds-to-pay-none-means = Les remboursements de virements attendent ici qu’un relevé, ou vous, dise que la banque les a payés.
refunds-all = Tous les remboursements
refund-reference = Référence
refund-line = Payé par
refund-line-see = Ligne d’un relevé
refund-failure = Pourquoi non
refund-paid = La banque l’a payé
refund-paid-done = Il est sorti de la banque dans les comptes
refund-paid-means = Payez-le à votre banque avec exactement cette référence : le relevé dira de lui-même qu’il est payé. Dites-le ici si aucun relevé ne le fait.
refund-paid-on = Payé le
refund-paid-on-hint = Le jour où la banque l’a comptabilisé, pas après aujourd’hui.
refund-call-off = L’annuler
refund-called-off = Il est annulé, et l’argent est de retour dans le portefeuille
refund-call-off-means = Seulement si la banque ne l’a pas payé et ne le paiera pas : l’argent retourne dans le portefeuille.
refund-call-off-hint = L’organisation le lit.
entry-refund = { $rail ->
    [card] Remboursement sur la carte se terminant par { $ends }
   *[transfer] Remboursement sur le compte se terminant par { $ends }
}
letter-refund-paid = { $amount } de { $organisation } remboursés
letter-refund-paid-where = { $rail ->
    [card] Le { $at }, nous avons rendu { $amount } du portefeuille de { $organisation } à la carte qui les avait payés. Sa banque peut mettre cinq à dix jours à l’afficher.
   *[transfer] { $amount } du portefeuille de { $organisation } ont été versés au compte d’où ils étaient venus.
}
letter-refund-ends = { $rail ->
    [card] La carte se termine par { $ends }.
   *[transfer] Le compte se termine par { $ends }.
}
letter-refund-failed = { $amount } de { $organisation } n’ont pas pu être remboursés
letter-refund-failed-when = Nous voulions rembourser { $amount }, et cela n’a pas pu être payé. Le { $at }, la somme a été remise dans le portefeuille de { $organisation }.
letter-refund-failed-means = Rien n’est perdu, et elle s’utilise comme avant. Écrivez au hub si elle doit retourner autrement.
