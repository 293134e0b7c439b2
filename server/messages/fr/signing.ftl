sign-offs = Deux signatures
sign-offs-beneath = Ce qui dépasse sa limite se fait une fois qu’une deuxième personne du hub a signé exactement cela.
sign-offs-waiting = En attente ou signé
sign-offs-none = Rien n’attend une deuxième personne
sign-offs-none-means = Qui finalise, passe en perte, rembourse ou clôt un mois au-dessus d’une limite y demande une signature ; elle figure alors ici.
sign-off-what = Quoi
sign-off-amount = Montant
sign-off-asked = Demandé
sign-off-state-label = État
sign-off-by = par { $name }
sign-off-signed-by = signé par { $name }
sign-off-kind = { $word ->
    [finalise] Finaliser une facture
    [refund] Rembourser
    [write_off] Passer une dette en perte
    [close] Clore un mois
   *[other] ? { $word }
}
sign-off-state = { $word ->
    [open] En attente
    [signed] Signé
    [refused] Refusé
    [withdrawn] Repris
    [voided] Caduc
    [used] Fait
   *[other] ? { $word }
}
sign-off-of = { $kind } : { $name }
sign-off-see-draft = Voir le brouillon
sign-off-see-refunds = Voir les remboursements
sign-off-see-debts = Voir ce qui est dû
sign-off-digest = Empreinte de ce qui est signé
sign-off-of-invoice = De la facture
sign-off-decide = Décider
sign-off-sign = Signer
sign-off-sign-means = Vous signez exactement cela. Si cela change avant d’être fait, votre signature ne compte plus.
sign-off-refuse = Refuser
sign-off-refuse-hint = Qui l’a demandé le lit, 1 à 500 caractères.
sign-off-withdraw = Reprendre la demande
sign-off-yours = Vous l’avez demandé : quelqu’un d’autre de la finance signe.
sign-off-forbidden = La finance signe.
sign-off-now-signed = Signé
sign-off-now-signed-means = Ce pour quoi c’était demandé peut se faire, par toute personne de la finance.
sign-off-now-refused = Refusé
sign-off-now-refused-means = Qui l’a demandé trouve le motif ici.
sign-off-now-withdrawn = Demande reprise
sign-off-ask = Demander une deuxième signature
sign-off-ask-means = Cela dépasse ce qu’une seule personne peut finaliser. Quelqu’un d’autre de la finance signe exactement ce document ; s’il change, il faut signer à nouveau.
sign-off-waits = Une deuxième signature est demandée. Quelqu’un d’autre de la finance la donne.
sign-off-open = Voir la signature
sign-off-now-asked = Une deuxième signature est demandée
sign-off-now-asked-means = Quelqu’un d’autre de la finance la trouve sous « Deux signatures ».
sign-off-limits = Limites
sign-off-limits-means = Une limite plus stricte vaut aussitôt. Une plus large vaut une fois qu’une autre personne de la finance l’a approuvée.
sign-off-alone = Une seule personne
sign-off-any-amount = tout montant
sign-off-up-to = jusqu’à { $amount }
sign-off-limit-waits = Demandé par { $name } : { $amount }
sign-off-limit-acts = Que faire
sign-off-limit-agree = Approuver
sign-off-limit-withdraw = Reprendre
sign-off-limit-set = Fixer la limite
sign-off-limit-kind = Pour quoi
sign-off-limit-currency = Devise
sign-off-limit-amount = Une seule personne jusqu’à
sign-off-limit-amount-hint = Vide : tout montant, donc personne ne signe.
sign-off-limit-now-set = La limite vaut
sign-off-limit-now-waits = La limite attend une autre personne de la finance
sign-off-limit-now-withdrawn = La limite reste la même
write-offs = Passages en perte
write-offs-of = Passages en perte de { $name }
write-offs-beneath = Ce que personne ne paiera est abandonné ici : ce n’est plus dû et figure dans les livres comme passé en perte.
write-off-owed = Dû à présent
write-off-of-none = D’aucune facture
write-off-which = De quelle facture
write-off-option = { $number } – { $amount } dus
write-off-option-none = Aucune facture – { $amount }
write-off-amount = Montant
write-off-amount-hint = Au plus ce qui en reste dû.
write-off-reason-hint = Le client le lit à côté du mouvement du portefeuille, 1 à 500 caractères.
write-off-do = Passer en perte
write-off-means = La dette diminue aussitôt d’autant. Si l’argent arrive quand même, reprenez d’abord le passage en perte.
write-off-nothing = Rien ne peut être passé en perte
write-off-nothing-means = Rien n’est dû, ou ce qui est dû ne figure encore sur aucune facture émise.
write-off-forbidden = La finance passe en perte.
write-off-done = { $amount } passés en perte
write-off-done-means = Ce n’est plus dû. L’auditeur trouve l’écriture au journal.
write-off-none = Rien n’a été passé en perte
write-off-none-means = Ce qui est passé en perte figure ici, avec son motif.
write-off-when = Quand
write-off-why = Pourquoi
write-off-undone = Repris le { $at } : { $reason }
write-off-undo = Reprendre
write-off-undo-done = { $amount } sont dus à nouveau
write-off-undo-done-means = L’écriture inverse est au journal.
write-off-now = Passer en perte maintenant
write-off-ask = Cela dépasse ce qu’une seule personne peut passer en perte. Quelqu’un d’autre de la finance signe exactement cela.
standing-written-off = Passé en perte
