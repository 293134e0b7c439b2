# Les écrans de l’audit : ce qui a été fait, en mots, et le fichier.
audit-beneath = Chaque changement dans { $organisation } : son auteur, son adresse, avant et après.
audit-csv = Télécharger en CSV
audit-who-example = nom ou adresse
nav-activity = Activité de mon compte
activity-beneath = Connexions, confirmations et changements de votre propre compte, du plus récent au plus ancien. Ce que vous avez fait dans une organisation figure dans son audit.
activity-empty = Rien encore
activity-empty-means = Ce qui arrive à votre compte à partir de maintenant figure ici.
audit-did = { $word ->
    [account-opened] Compte rouvert
    [account-signed_out] Toutes les sessions d’un compte fermées
    [account-stopped] Compte bloqué
    [budget-removed] Budget supprimé
    [budget-set] Budget fixé
    [domain-claimed] Domaine demandé
    [domain-confirmed] Domaine confirmé
    [domain-refused] Domaine refusé
    [domain-removed] Domaine abandonné
    [dunning-ended] Retard payé
    [dunning-paused] Étapes d’une dette suspendues
    [dunning-resumed] Étapes d’une dette reprises
    [dunning-step_taken] Étape d’une dette accomplie
    [factor-code_used] Code de secours utilisé
    [factor-codes_made] Nouveaux codes de secours créés
    [factor-passkey_added] Clé d’accès ajoutée
    [factor-passkey_removed] Clé d’accès retirée
    [factor-reset] Facteurs perdus retirés
    [factor-reset_asked] Retrait de facteurs perdus demandé
    [factor-reset_stopped] Retrait de facteurs arrêté par la personne
    [factor-reset_withdrawn] Retrait de facteurs perdus annulé
    [factor-totp_removed] Application d’authentification retirée
    [factor-totp_set] Application d’authentification configurée
    [project-closed] Projet fermé
    [project-made] Projet créé
    [project-members_set] Membres d’un projet modifiés
    [project-opened] Projet rouvert
    [project-renamed] Projet renommé
    [staff-appointed] Rôle du personnel attribué
    [staff-proposed] Rôle du personnel proposé
    [staff-revoked] Rôle du personnel retiré
    [staff-withdrawn] Proposition d’un rôle du personnel retirée
    [token-made] Jeton d’API créé
    [token-revoked] Jeton d’API révoqué
    [view-began] Le personnel commence à voir comme un membre
    [view-ended] Le personnel cesse de voir comme un membre
    [cluster-waived] Temps non confirmé du cluster abandonné
    [identity-linked] Compte lié à un fournisseur
    [identity-unlinked] Compte détaché d’un fournisseur
    [instance-delete_undone] Suppression annulée
    [instance-deleted] Instance supprimée
    [instance-given_up] Instance abandonnée
    [instance-launched] Instance lancée
    [instance-replaced] Instance remplacée
    [instance-restarted] Instance redémarrée
    [instance-started] Instance démarrée
    [instance-stopped] Instance arrêtée
    [invitation-resent] Invitation renvoyée
    [invitation-revoked] Invitation retirée
    [invoice-finalised] Facture finalisée
    [invoice-credited] Avoir émis sur une facture
    [invoice-withheld] Retenue enregistrée
    [invoice-withholding_undone] Retenue reprise
    [invoice-line_contested] Ligne de facture contestée
    [invoice-contest_withdrawn] Contestation retirée
    [invoice-contest_credited] Contestation close par un avoir
    [invoice-contest_refused] Contestation refusée
    [invoice-all_asked] Finalisation de tous les brouillons demandée
    [invoice-all_stopped] Finalisation de tous les brouillons arrêtée
    [invoice-looked_at] Raisons d’un brouillon regardées
    [month-opened] Clôture d’un mois ouverte
    [month-closed] Mois clos
    [letter-discarded] Lettre jetée
    [letter-retried] Lettre réessayée
    [lot-granted] Octroi accordé
    [lot-undone] Octroi repris
    [member-changed] Rôle du membre changé
    [member-invited] Personne invitée
    [member-joined] Membre arrivé
    [member-left] Membre parti
    [member-removed] Membre retiré
    [organisation-changed] Réglages de l’organisation changés
    [organisation-closed] Organisation fermée
    [organisation-ended] Organisation terminée
    [organisation-founded] Organisation ouverte
    [organisation-kept] Organisation finalement gardée
    [password-changed] Mot de passe changé
    [password-reset] Mot de passe défini par lettre
    [auto_top_up-set] Recharge automatique acceptée
    [auto_top_up-ended] Recharge automatique arrêtée
    [auto_top_up-started] Recharge automatique commencée
    [auto_top_up-asked_person] Recharge automatique en attente d’une personne
    [auto_top_up-declined] Recharge automatique refusée
    [auto_top_up-paused] Recharge automatique en pause
    [card-asked] Carte à enregistrer
    [card-saved] Carte enregistrée
    [card-chosen] Carte habituelle choisie
    [card-removed] Carte retirée
    [payment-asked] Recharge par carte demandée
    [payment-finding_settled] Constat de paiement examiné
    [payment-refund_asked] Remboursement demandé
    [payment-refunded] Remboursement payé
    [payment-refund_failed] Remboursement échoué ou annulé
    [period-closed] Période clôturée
    [person-address_changed] Adresse changée
    [person-changed] Nom, langue ou fuseau changé
    [person-closed] Compte fermé
    [person-erased] Compte effacé
    [person-kept] Compte finalement gardé
    [person-exported] Données personnelles emportées
    [person-registered] Compte créé
    [price-set] Tarif fixé
    [price-withdrawn] Tarif retiré
    [question-answered] Question répondue
    [quota-set] Quota fixé
    [session-code_refused] Connexion refusée : code du second facteur erroné
    [session-ended] Déconnexion
    [session-opened] Connexion
    [session-others_ended] Déconnexion partout ailleurs
    [session-proof_failed] Mot de passe erroné en cours de session
    [session-proved] Mot de passe redemandé et confirmé
    [session-refused] Connexion refusée : mot de passe erroné
    [tax_rule-set] Règle de taxe fixée
    [usage-overbilled] Panne connue après facturation
    [volume-made] Volume créé
    [volume-grown] Volume agrandi
    [volume-deleted] Volume supprimé
    [volume-delete_undone] Suppression d’un volume annulée
    [volume-released] Volume abandonné définitivement
    [volume-frozen] Volume gelé
    [volume-thawed] Volume gelé rétabli
    [wallet-topped_up] Versement reçu
    [bank-account_set] Compte bancaire d’encaissement fixé
    [bank-line_ignored] Ligne de relevé écartée
    [bank-line_reopened] Ligne de relevé rouverte
    [bank-statement_imported] Relevé bancaire importé
    [transfer-announced] Virement annoncé
    [transfer-cancelled] Virement annulé
    [wallet-statement_asked] Relevé de compte demandé
    [wallet-transfer_undone] Virement repris
    [sign_off-asked] Deuxième signature demandée
    [sign_off-signed] Signé en deuxième
    [sign_off-refused] Deuxième signature refusée
    [sign_off-withdrawn] Deuxième signature reprise
    [sign_off-limit_set] Limite d’une seule personne fixée
    [sign_off-limit_asked] Limite plus large demandée
    [sign_off-limit_agreed] Limite plus large approuvée
    [sign_off-limit_withdrawn] Limite plus large reprise
    [wallet-written_off] Dette passée en perte
    [wallet-write_off_undone] Passage en perte repris
   *[other] { $word }
}
