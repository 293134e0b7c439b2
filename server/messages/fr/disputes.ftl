# Lignes de factures contestées : côté client et côté hub.
disputes = Lignes contestées
disputes-beneath = Les lignes de factures que vous avez demandé au hub d’examiner, les plus récentes d’abord.
disputes-none = Rien n’a été contesté
disputes-none-means = Si une ligne d’une facture définitive est fausse, ouvrez-la et dites-le : la réponse figurera ici.
dispute-state = { $word ->
    [open] attend une réponse
    [credited] avoir émis
    [refused] refusée
    [withdrawn] retirée
   *[other] ? { $word }
}
dispute-of = Ligne { $line } de la facture { $invoice }
dispute-line = Ligne
dispute-state-of = État
dispute-opened = Contestée
dispute-opened-by = Contestée par
dispute-amount = Contesté, hors taxe
dispute-total = En avoir, taxe comprise
dispute-reason = Ce qui est faux
dispute-answer = La réponse du hub
dispute-answered-at = Répondu
dispute-withdrawn-at = Retirée
dispute-see-line = Ouvrir la ligne
dispute-contest = Contester cette ligne
dispute-contest-means = Le hub examine les secondes ci-contre et répond par un avoir ou par un refus écrit. Les lignes de cette facture peuvent être contestées jusqu’au { $until }.
dispute-contest-amount = Montant de la ligne
dispute-contest-amount-hint = Hors taxe et avant les gratuités du hub. Vide : tout ce qui reste de la ligne.
dispute-contest-reason-hint = Instances et heures aident. 1 à 500 caractères.
dispute-contest-who = Un propriétaire, un administrateur ou la facturation de l’organisation peut contester une ligne.
dispute-contest-over = Les lignes de cette facture pouvaient être contestées jusqu’au { $until }.
dispute-contested = La ligne est contestée
dispute-contested-means = Le hub répond, et vous l’apprenez par lettre.
dispute-withdraw = Retirer
dispute-withdraw-means = La ligne reste telle que facturée. Tant que le délai court, elle peut être contestée de nouveau.
dispute-withdrawn = La ligne n’est plus contestée
staff-disputes-beneath = Ce que les clients contestent, ce qui attend depuis le plus longtemps d’abord.
staff-disputes-none = Rien n’est contesté ici
staff-disputes-none-means = Les clients contestent une ligne depuis leur facture.
staff-disputes-all = Toutes
staff-dispute-of = Ligne { $line } de { $invoice }, { $name }
staff-dispute-left = Reste de la ligne
staff-dispute-answer = Réponse
staff-dispute-means = Un avoir reprend ce qui est crédité, avec sa taxe, et est émis aussitôt. Un refus laisse la ligne telle quelle. Dans les deux cas, ceux qui veillent sur l’argent de l’organisation l’apprennent par lettre.
staff-dispute-amount = Ce qui est crédité
staff-dispute-amount-hint = Hors taxe et avant les gratuités du hub, au plus ce qui est contesté. Vide : le tout. Un refus n’en demande pas.
staff-dispute-reason-hint = Le client le lit, et cela figure sur l’avoir. 1 à 500 caractères.
staff-dispute-credit = Émettre un avoir
staff-dispute-refuse = Refuser par écrit
staff-dispute-credited = L’avoir { $number } est émis
staff-dispute-refused = La ligne reste telle que facturée
staff-dispute-told = { $name } l’apprend par lettre.
staff-dispute-forbidden = La finance répond aux lignes contestées.
