# Les livres du hub.
nav-books = Comptabilité
books-trial-balance = Balance générale
books-ageing = Créances par ancienneté
books-revenue = Produits
books-deferred = Différé en fin de mois
books-in = { $sheet }, { $currency }
books-until = Tout ce qui a été comptabilisé avant le { $date }, { $time }.
books-day = À la fin du
books-empty = Rien n’est comptabilisé ici
books-empty-means = Choisissez une autre devise ou un jour plus tardif.
books-account = Compte
books-debit = Débit
books-credit = Crédit
books-difference = Solde
books-sum = Total
books-balanced = équilibrée
books-not-balanced = déséquilibrée : lancez tamuda doctor
books-signs = Un solde positif est dû ou gagné par le hub, un solde négatif lui est dû ou est détenu par lui. Ouvrez un compte pour voir les organisations qui le composent.
books-journal = Journal
books-journal-means = Une ligne par écriture, montants exacts. Les jours sont ceux du vendeur, bornes comprises ; vide : depuis le début, jusqu’à maintenant.
books-journal-csv = Journal en { $currency } (CSV)
books-journal-whole = Journal complet (CSV)
books-from = Du
books-to = Au, inclus
books-to-30 = 0–30 jours
books-to-60 = 31–60 jours
books-to-90 = 61–90 jours
books-older = Plus de 90 jours
books-unpaid = Impayé
books-since = depuis le { $date }
books-ageing-means = Ce qui est dû au-delà des portefeuilles, et les portefeuilles négatifs. Les paiements règlent d’abord la dette la plus ancienne.
books-ageing-rest = Les totaux comptent toutes les organisations ; nombre de celles qui doivent moins que celles-ci : { $n }.
books-nothing-owed = Personne ne doit rien
books-nothing-owed-means = Les dettes apparaissent ici avec leur ancienneté dès que la consommation dépasse un portefeuille.
books-month = Mois
books-invoiced = Facturé
books-credited = Avoirs
books-accrued = Consommé, non facturé
books-revenue-means = Hors taxe, au mois d’émission des factures et avoirs. Consommé, non facturé : sa hausse dans le mois ; il baisse quand les factures sont émises.
books-prepaid = Prépaiements
books-sponsored = Subventions des financeurs
books-promo = Gratuités du hub
books-deferred-means = Les prépaiements sont la somme des portefeuilles, les négatifs déduits. Le temps de GPU accordé n’a pas de prix avant son usage.
books-vat = Déclaration de TVA
books-taxable = Base imposable
books-tax = Taxe
books-vat-is-booked = autant que le grand livre
books-vat-means = Les factures finalisées dans le mois, moins les avoirs émis dans le mois, tels que les documents les ont arrondis. Les jours sont ceux du vendeur. Les brouillons ne comptent pas.
books-vat-withheld = Retenu par les clients dans le mois : { $amount }.
account-kind = { $word ->
    [bank] Banque
    [clearing] Prestataire de cartes
    [receivable] Créances
    [withheld] Retenue à la source
    [accrued] Consommé, non facturé
    [accrued_tax] Taxe sur celui-ci
    [sponsor] Dû par les financeurs
    [wallet] Portefeuilles
    [unmatched] Paiements non rapprochés
    [refunds] Remboursements à payer
    [lots_sponsored] Lots des financeurs
    [lots_promo] Lots gratuits
    [deferred] Produits différés
    [tax] Taxe
    [revenue] Produits
    [promo] Gratuités
    [written_off] Passé en perte
    [breakage] Expiré sans usage
    [rounding] Arrondis
    [counterpart] Temps de GPU
   *[other] ? { $word }
}
account-means = { $word ->
    [bank] l’argent du hub
    [clearing] ce que le prestataire de cartes a encaissé pour le hub et pas encore versé
    [receivable] ce que les organisations doivent au-delà de leurs portefeuilles
    [withheld] ce que les clients ont retenu : leur administration le doit au hub
    [accrued] consommation imputée qu’aucune facture ne porte encore, hors taxe
    [accrued_tax] la taxe sur la consommation qu’aucune facture ne porte encore
    [sponsor] ce que les financeurs paient pour les lots qu’ils donnent
    [wallet] l’argent des organisations, ou leur dette si elles paient à terme
    [unmatched] l’argent reçu dont l’expéditeur n’est pas connu
    [refunds] les remboursements sortis des portefeuilles que la banque n’a pas encore payés
    [lots_sponsored] ce qui reste des lots payés par les financeurs
    [lots_promo] ce qui reste des lots offerts par le hub
    [deferred] produits réservés pour plus tard
    [tax] taxe des factures, moins celle des avoirs
    [revenue] montants hors taxe des factures, moins ceux des avoirs
    [promo] ce que le hub a offert
    [written_off] ce qui était dû et que personne ne paiera
    [breakage] lots arrivés à leur terme
    [rounding] ce que les arrondis des documents ont donné ou pris
    [counterpart] l’autre côté du temps de GPU
   *[other] ? { $word }
}
