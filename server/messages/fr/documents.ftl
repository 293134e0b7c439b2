# Ce qui figure sur les documents envoyés ou conservés : factures, avoirs, pro forma, reçus, relevés.
document-draft = Brouillon : sans numéro, il peut encore changer
document-issued = Émission
document-due = Échéance
document-period = Période
document-corrects = Corrige
document-of = { $number } du { $date }
document-from-to = { $from } – { $to }
document-zone = Fuseau horaire
document-quantity = Quantité
document-price = Prix
document-unit = { $word ->
    [piece] { $quantity } p.
    [hour] { $quantity } h
   *[other] ? { $word } { $quantity }
}
document-tax-by-rate = TVA par taux
document-tax-kind = Régime
document-tax-rate = Taux
document-taxable = Base
document-tax = TVA
tax-category = { $word ->
    [S] Taxé
    [G] Exportation de services : TVA non facturée
    [AE] Autoliquidation : TVA due par le preneur
    [E] Exonéré de TVA
   *[other] ? { $word }
}
document-paid-by = Payé par { $name }
document-goes-back = Revient à { $name }
document-withheld = Retenue à la source { $rate }
spelled-invoice = Arrêtée la présente facture, toutes taxes comprises, à la somme de : { $words }.
spelled-credit-note = Arrêté le présent avoir, toutes taxes comprises, à la somme de : { $words }.
spelled-pro-forma = Arrêtée la présente facture pro forma, toutes taxes comprises, à la somme de : { $words }.
spelled-receipt = Reçu la somme de : { $words }.
pay-how = Pour payer
pay-holder = Titulaire du compte
pay-iban = IBAN
pay-bic = BIC
pay-bank = Banque
pay-reference = Référence à indiquer
pro-forma = Facture pro forma
pro-forma-number = Facture pro forma { $number }
pro-forma-top-up = Recharge du portefeuille
pro-forma-until = Valable jusqu’au
pro-forma-mention = Elle demande un paiement et n’est pas une facture : le reçu suit l’argent, la facture suit le mois.
receipt = Reçu
receipt-number = Reçu { $number }
receipt-on = Reçu le
receipt-means = Moyen de paiement
receipt-means-word = { $word ->
    [transfer] virement bancaire
    [card] carte
   *[other] ? { $word }
}
receipt-payer = Envoyé par
receipt-reference = Référence
receipt-amount = Reçu { $currency }
receipt-settles = Ce qui a été payé
receipt-document = Document
receipt-settled = Payé { $currency }
receipt-owed = Ce qui était dû pour l’usage
receipt-to-wallet = Versé au portefeuille
receipt-balance = Portefeuille après
statement = Relevé de compte
statement-title = Relevé de compte, { $name }, { $from } – { $to }
statement-written = Établi le
statement-day = Jour
statement-booked = Écriture
statement-change = Mouvement { $currency }
statement-balance = Solde { $currency }
statement-opening = Solde avant
statement-closing = Solde après
document-page = Page { $page } sur { $pages }
document-as-data = Le même document sous forme de données : UBL 2.1, EN 16931
