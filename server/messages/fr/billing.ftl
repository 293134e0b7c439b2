# Les secondes et pourquoi elles ne sont pas facturées ; les factures.
interval-reason = { $word ->
    [queued] en file d’attente
    [scheduling] attente d’un nœud
    [pulling] téléchargement de l’image
    [starting] démarrage
    [restarting] redémarrage du programme
    [stopping] arrêt en cours
    [node_fault] panne du nœud
    [gpu_lost] GPU perdu
    [maintenance] notre maintenance
    [unconfirmed] non confirmé par le cluster
    [waived] abandonné par la finance
   *[other] ? { $word }
}
invoice-status = { $word ->
    [draft] Brouillon
    [finalised] Définitive
   *[other] ? { $word }
}
billed = facturé
not-billed = non facturé
billed-and-not = { $billed } facturées · { $unbilled } non facturées
invoices-beneath = Une par période close. L’aperçu de la période en cours est votre consommation.
invoice = Facture
invoice-number = Facture { $number }
invoice-draft = Brouillon pour { $month }
invoice-period = Période
invoice-status-head = État
invoice-total = Total
invoice-issued = Émise
invoices-none = Aucune période n’a encore été close
invoices-none-means = Le hub clôt chaque mois civil. D’ici là, votre consommation montre ce que la facture dirait.
invoice-issued-on = Émise le { $date }
invoice-due-on = échéance le { $date }
invoice-period-of = Période du { $from } au { $to }, { $zone }
invoice-not-issued = Non émise : elle peut encore changer
invoice-billed-to = Facturé à
invoice-paid-by = Payé par
invoice-wallet = le portefeuille
invoice-still-due = Reste à payer
credit-note = Avoir
credit-note-number = Avoir { $number }
credit-notes = Avoirs
credit-notes-beneath = Ce qui a été repris sur des factures, et pourquoi. Une facture définitive ne change jamais elle-même.
credit-notes-none = Aucun avoir
credit-notes-none-means = Si une facture était fausse, sa correction figure ici.
credit-note-why = Motif
credit-note-of = Corrige la facture { $number } du { $date }
credit-note-not-issued = Pas encore émis : rien n’est comptabilisé
credit-note-reason = Motif : { $reason }
credit-back-to = Revient à
credit-debt = ce qui était dû
credit-of-line = ligne { $n } de la facture
credit-restored = { $name } dispose de nouveau de { $amount }.
credit-credited = Crédité
credit-left = Reste de la facture
party-ice = ICE { $number }
party-tax-id = IF { $number }
party-trade-register = RC { $number }
party-business-tax = TP { $number }
party-vat-id = TVA { $number }
line-late = d’une période antérieure
line-gift = { $amount } offerts par le hub
line-not-billed = non facturé : { $reason }
total-net = Net
total-tax = TVA { $rate }
total-no-tax = Sans taxe ({ $code })
total-grand = Total { $currency }
mention-opens = Chaque ligne s’ouvre jusqu’à ses secondes là où cette facture est affichée.
mention-no-tax = Aucune taxe ne s’applique à ce qui est marqué { $code }.
open-line = Ouvrir une ligne
open-line-means = Choisissez une ligne pour voir les instances, les secondes et le tarif derrière.
line-number = Ligne { $n } : { $flavour }
proof-price = Version { $version } du tarif, { $amount }, valable depuis le { $from }.
proof-working = { $seconds } secondes-unité × { $price } ÷ 3600 = { $exact }, arrondi une fois à { $amount }.
recalculate = Recalculer
recalculate-means = Recalcule toute la facture à partir des faits du cluster et des versions du tarif, et la compare à ce qui a été émis.
replay-equal = Recalcul égal
replay-equal-means = { $n ->
    [one] Reconstruite à partir d’un intervalle : identique jusqu’à la micro-unité.
   *[other] Reconstruite à partir de { $n } intervalles : identique jusqu’à la micro-unité.
}
replay-differs = Le recalcul diffère
replay-differs-means = Montrez ceci à la finance du hub : la facture est corrigée par un avoir.
difference-place = Où
difference-stored = Émis
difference-recomputed = Recalculé
# Ce que les clients retiennent à la source.
invoice-standing = Où elle en est
standing-paid = Payé
standing-withheld = Retenu à la source
standing-due = Reste dû
withheld-of = Retenue sur { $invoice } · { $name }
withheld-record = Enregistrer une retenue
withheld-means = Le client a payé moins, et a versé cette part à son administration fiscale. Il doit autant de moins, et l’administration le doit au hub.
withheld-certificate = Attestation
withheld-day = Date de l’attestation
withheld-amount = Montant retenu
withheld-most = Au plus { $most } : ce qui est dû, et ce que la règle fiscale permet.
withheld-save = Enregistrer
withheld-nothing = Rien n’en peut être retenu : elle est payée, ou sa règle fiscale ne connaît pas de retenue.
withheld-recorded = Une retenue de { $amount } est enregistrée
withheld-recorded-means = Le client doit autant de moins.
withheld-kept = Attestations
withheld-undo = Reprendre
withheld-undone = L’attestation est reprise
withheld-undone-means = Le client doit à nouveau ce montant.
withheld-was-undone = Repris :
papers = Documents
papers-beneath = Tout ce qui a été émis pour vous, en fichiers à garder : les mêmes octets à chaque téléchargement.
papers-none = Aucun document
papers-none-means = Factures, avoirs, pro formas, reçus et relevés figurent ici dès qu’il y en a.
paper-kind = { $word ->
    [invoice] Facture
    [credit_note] Avoir
    [pro_forma] Facture pro forma
    [receipt] Reçu
    [statement] Relevé de compte
   *[other] ? { $word }
}
paper-what = Document
paper-made = Créé le
paper-files = Fichiers
paper-pdf = PDF
paper-xml = XML (UBL)
paper-waits = En cours de mise en page
paper-lacks = Il manque un fichier ; le hub le sait
paper-being-drawn = Ce document est en cours de mise en page
paper-being-drawn-means = Cela prend quelques secondes. Regardez alors à nouveau.
paper-look = Regarder à nouveau
account-statement = Relevé de compte
account-statement-means = Ce que contenait le portefeuille avant le premier jour, tout ce qui a bougé, et ce qu’il contenait après le dernier.
account-statement-from = Premier jour
account-statement-from-hint = Un jour depuis 2000, comme 2026-01-01.
account-statement-through = Dernier jour
account-statement-through-hint = Aujourd’hui au plus tard, et 366 jours au plus en tout.
account-statement-ask = Le demander
account-statement-asked = Le relevé est demandé
account-statement-asked-means = Il figure en tête de la liste et sera prêt en quelques secondes.
staff-papers = Documents en attente
staff-papers-beneath = Ce qui n’a pas pu être mis en page comme il faut, et ce dont personne ne s’est occupé pendant cinq minutes. Chacun est réessayé de lui-même.
staff-papers-none = Tous les documents sont prêts
staff-papers-none-means = Ce qui ne peut pas être mis en page figure ici, avec ce qui l’a empêché.
staff-paper-tries = Essais
staff-paper-trouble = Ce qui l’a empêché
staff-paper-untouched = Personne ne s’en est occupé : un processus de travail tourne-t-il ?
