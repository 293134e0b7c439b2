# Connexion, sessions, et qui peut faire quoi.
sign-in-title = Se connecter
sign-in-beneath = Pour accéder aux GPU de votre organisation.
email = Adresse e-mail
password = Mot de passe
signed-out = Vous êtes déconnecté
signed-out-means = Les autres appareils restent connectés tant que vous ne terminez pas leurs sessions.
signed-out-but = Vous êtes déconnecté ici, mais pas de { $provider }
signed-out-but-means = Il ne répond pas. Déconnectez-vous là-bas vous-même si d’autres utilisent cet appareil.
sign-out-there = Se déconnecter aussi de { $provider }
sign-out-there-means = Vous êtes déconnecté ici. { $provider } demande ensuite si vous vous déconnectez aussi là-bas.
sign-out-there-go = Continuer vers { $provider }
sessions-beneath = Là où vous êtes connecté. Une session prend fin après 12 heures sans usage, et dans tous les cas après 7 jours.
session-device = Appareil
session-address = Adresse
session-opened = Connexion
session-seen = Dernier usage
session-this = celle-ci
session-end = Terminer la session
session-ended = La session est terminée
sessions-end-others = Terminer toutes les autres
sessions-ended = Toutes les autres sessions sont terminées
session-ended-means = Qui l’utilisait doit se reconnecter.
homeless = Vous n’appartenez encore à aucune organisation
homeless-next = Demandez à un propriétaire ou administrateur d’inviter l’adresse { $email }, ou ouvrez votre propre organisation.
forgotten-link = Mot de passe oublié ?
forgotten-title = Mot de passe oublié
forgotten-beneath = Nous envoyons à votre adresse un lien pour en définir un nouveau.
forgotten-send = Envoyer la lettre
forgotten-sent = Si { $email } se connecte ici, une lettre est en route
forgotten-sent-means = Elle sert une fois, pendant { $n ->
    [one] une minute
   *[other] { $n } minutes
}. Rien ? Regardez dans les indésirables, ou redemandez.
reset-title = Définir un nouveau mot de passe
reset-beneath = Pour { $email }. Toutes les sessions se ferment, sur cet appareil aussi.
reset-spent = Ce lien ne fonctionne plus
reset-spent-means = Il sert une fois, pendant { $n ->
    [one] une minute
   *[other] { $n } minutes
} après la demande.
reset-again = Demander une autre lettre
password-title = Changer le mot de passe
password-beneath = Tous les autres appareils sont déconnectés.
password-present = Mot de passe actuel
password-present-wrong = Ce n’est pas votre mot de passe actuel.
password-new = Nouveau mot de passe
password-rule = De 8 à 128 caractères. Quelques mots à la suite se retiennent bien et se devinent mal.
password-set-it = Définir le mot de passe
password-set = Le mot de passe est défini
password-set-means = Connectez-vous avec lui.
password-changed = Le mot de passe est changé
password-changed-means = Tous les autres appareils ont été déconnectés, et une lettre vous le dit.
prove-title = Est-ce bien vous ?
prove-beneath = Votre mot de passe encore une fois, { $email } : ce qui suit décide qui peut entrer. Il vaut ensuite pour { $n } minutes.
prove-it = Continuer
prove-at = Le montrer chez { $provider }
register-link = Pas encore de compte ?
register-title = Créer un compte
register-beneath = Nous envoyons un lien à votre adresse, qui montre qu’elle est à vous.
register-send = Envoyer la lettre
register-sent = Une lettre part vers { $email }
register-sent-means = Son lien sert une fois, dans les { $n } heures. Rien reçu ? Regardez parmi les indésirables, ou redemandez.
register-make-title = Votre compte
register-make-beneath = Pour { $email }.
register-make = Créer le compte
register-spent-means = Il sert une fois, dans les { $n } heures après la demande.
registered = Votre compte est créé
registered-means = Ouvrez une organisation, ou faites-vous inviter dans une autre.
provider-continue = Continuer avec { $provider }
provider-or = ou
provider-link-title = Ce compte n’est pas encore relié à { $provider }
provider-link-beneath = { $email } se connecte déjà ici. Montrez une fois que le compte est à vous, et ensuite { $provider } suffit.
provider-link = Relier et se connecter
provider-linked = { $provider } est relié à votre compte
provider-unproven = { $provider } ne garantit aucune adresse à vous
provider-unproven-means = Vérifiez là-bas votre adresse, ou créez ici un compte avec une adresse et un mot de passe.
provider-away = { $provider } ne répond pas
provider-away-means = Vous n’y êtes pour rien. Réessayez dans une minute, ou connectez-vous autrement.
provider-refused = Vous n’avez pas été connecté chez { $provider }
provider-refused-means = Il a dit : { $code }. Réessayez, ou connectez-vous autrement.
provider-untrusted = La réponse de { $provider } n’est pas fiable
provider-untrusted-means = Rien n’a été fait. Recommencez depuis le début ; si cela persiste, dites-le au hub.
provider-late = Cela a pris trop de temps
provider-late-means = Recommencez ; une connexion peut durer dix minutes.
provider-proof-another = Quelqu’un d’autre s’est connecté chez { $provider }
provider-proof-another-means = Connectez-vous là-bas avec le compte qui est relié au vôtre ici.
provider-stale = { $provider } ne vous a pas redemandé qui vous êtes
provider-stale-means = Rien n’a été fait. Montrez-le autrement, ou définissez un mot de passe par lettre.
factors = Seconds facteurs
factors-beneath = Ce que la connexion demande en plus du mot de passe, ici et après une connexion ailleurs. Un mot de passe volé ne suffit alors plus.
factor-set = activé
factor-unset = non activé
factor-told = Une lettre vous le confirme.
factor-title = Encore une preuve
factor-beneath = { $email } a activé un second facteur.
factor-code = Code
factor-code-hint = Les six chiffres affichés maintenant par votre application, ou l’un de vos codes de secours.
factor-recovery-code = Code de secours
factor-recovery-code-hint = L’un des codes que vous avez conservés en activant votre second facteur.
factor-late = Cette connexion a expiré
factor-late-means = Elle attend le second facteur pendant { $n ->
    [one] une minute
   *[other] { $n } minutes
}. Recommencez avec le mot de passe.
totp = Application d’authentification
totp-means = Une application sur votre téléphone affiche un nouveau code de six chiffres toutes les trente secondes.
totp-set-means = La connexion demande le code affiché par votre application. Chaque code sert une seule fois.
totp-begin = Configurer une application
totp-another = Passer à un autre appareil
totp-remove = Retirer l’application
totp-removed = L’application d’authentification est retirée
totp-title = Configurer une application d’authentification
totp-title-beneath = Photographiez cette image avec l’application, puis saisissez le premier code affiché. L’image est valable { $n ->
    [one] une minute
   *[other] { $n } minutes
}.
totp-picture = La clé pour votre application, en image
totp-by-hand = Pas d’appareil photo ? Saisissez cette clé dans l’application : basée sur le temps, six chiffres.
totp-seed = La clé pour votre application
totp-first-code = Premier code
totp-first-code-hint = Six chiffres. S’il est refusé, vérifiez l’heure du téléphone.
totp-confirm = C’est bon
totp-done = Votre application d’authentification est configurée
totp-done-means = Désormais, la connexion demande son code. Une lettre vous le confirme.
codes = Codes de secours
codes-means = Pour le jour où le téléphone est perdu : chacun ouvre la porte une fois à la place du second facteur.
codes-later = Ils viennent avec le premier facteur que vous activez.
codes-make = Créer de nouveaux codes
codes-left = { $n ->
    [one] { $n } restant
   *[other] { $n } restants
}
codes-none = Vous n’avez aucun code de secours
codes-none-means = Sans eux, un appareil perdu vous laisse dehors. Créez-en de nouveaux et conservez-les.
codes-title = Vos codes de secours
codes-once = Cette page les montre une seule fois. Les codes d’avant ne servent plus.
codes-keep = Conservez-les avec vos papiers importants ou dans un gestionnaire de mots de passe, pas sur le téléphone qui affiche vos codes.
codes-kept = Je les ai conservés
passkeys = Clés d’accès
passkeys-means = Votre appareil vous reconnaît, au doigt, au visage ou par son propre code, et vous connecte : avec une clé d’accès, plus besoin de mot de passe, et personne ne peut vous l’extorquer.
passkeys-nowhere = Les clés d’accès sont liées à un nom en TLS ; l’adresse de ce portail n’en a pas, les navigateurs n’en créent donc pas ici.
passkey-name = Nom
passkey-name-hint = Pour la reconnaître : « téléphone », « clé du trousseau ».
passkey-add = Ajouter une clé d’accès
passkey-added = La clé d’accès est ajoutée
passkey-added-at = Ajoutée
passkey-used-at = Dernier usage
passkey-remove = Retirer
passkey-removed = La clé d’accès est retirée
passkey-removed-means = Une lettre vous le confirme. Supprimez-la aussi sur votre appareil, qui la proposerait encore.
passkey-without = Les clés d’accès demandent JavaScript et un navigateur qui les connaît.
passkey-failed = Rien n’a été signé : annulé, trop long, ou cet appareil n’a pas de clé pour cela. Réessayez, ou passez par un autre moyen.
passkey-sign-in = Se connecter avec une clé d’accès
passkey-show = Utiliser une clé d’accès
identities = Comptes ailleurs
identities-means = Vous vous connectez avec eux, en plus du mot de passe et des clés d’accès. Pour en relier un autre qui a la même adresse, déconnectez-vous et choisissez-le à la connexion.
identity-at = Chez
identity-linked-at = Relié
identity-remove = Retirer
identity-removed = Le compte d’ailleurs est retiré
identity-removed-means = Il n’ouvre plus rien ici, et ce qu’il avait ouvert sur d’autres appareils est terminé. Une lettre vous le confirme.
permission = { $word ->
    [ReadOrganisation] voir l’organisation
    [ReadMembers] voir les membres
    [ReadInstances] voir les instances
    [LaunchInstances] lancer des instances
    [ChangeInstances] démarrer, redémarrer et supprimer des instances
    [ReadLogs] lire les journaux
    [StopInstances] arrêter des instances
    [ReadUsage] voir la consommation
    [ReadBalance] voir le solde
    [ReadInvoices] voir les factures
    [ManageMembers] gérer les membres
    [ManageOwners] nommer et révoquer les propriétaires
    [ManageDomain] nommer le domaine dont les gens entrent d’eux-mêmes
    [CloseOrganisation] fermer l’organisation
    [ManageProjects] gérer les projets
    [HoldTokens] avoir ses propres jetons d’API
    [ManageTokens] gérer tous les jetons d’API
    [ChangeOrganisation] changer les réglages de l’organisation
    [TopUpWallet] recharger le portefeuille
    [LimitSpending] limiter les dépenses de l’organisation
    [ContestLines] contester des lignes de factures
    [ReadAudit] lire le journal d’audit
    [GrantCredits] accorder des crédits
    [SetPrices] fixer les tarifs
    [CloseBilling] clore les périodes et émettre les factures
    [IssueCreditNotes] émettre des avoirs
    [RecordWithholdings] enregistrer ce que les clients retiennent
    [SignOff] signer en deuxième ce qui dépasse une limite
    [WriteOffDebts] passer des dettes en perte
    [SetQuotas] fixer les quotas
    [ConfirmDomains] confirmer les domaines des organisations
    [ReadNodes] voir les nœuds
    [MaintainNodes] entretenir les nœuds
    [MaintainMail] voir et renvoyer les lettres qui ne sont pas parties
    [ViewAsMember] voir une organisation comme le ferait un membre
    [ReadStaff] voir qui a un rôle au hub
    [AppointStaff] nommer le personnel du hub
    [ResetFactors] retirer les seconds facteurs perdus
    [StopAccounts] bloquer des comptes et les rouvrir
    [ReadInstallationAudit] lire le journal d’audit du hub
   *[other] { $word }
}
factors-reset-waits = Le hub va retirer tous vos seconds facteurs
factors-reset-waits-means = Un de ses opérateurs l’a demandé, et un autre peut l’approuver jusqu’au { $until }. Vous avez vos facteurs et n’avez rien demandé ? Arrêtez-le.
factors-reset-stop = L’arrêter
factors-reset-stopped = Vos seconds facteurs restent
factors-reset-stopped-means = Écrivez au hub : quelqu’un y a cru que c’était vous.
