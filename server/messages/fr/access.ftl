# Connexion, sessions, et qui peut faire quoi.
sign-in-title = Se connecter
sign-in-beneath = Pour accéder aux GPU de votre organisation.
email = Adresse e-mail
password = Mot de passe
signed-out = Vous êtes déconnecté
signed-out-means = Les autres appareils restent connectés tant que vous ne terminez pas leurs sessions.
sessions-beneath = Là où vous êtes connecté. Une session prend fin après 12 heures sans usage, et dans tous les cas après 7 jours.
session-device = Appareil
session-address = Adresse
session-opened = Connexion
session-seen = Dernier usage
session-this = celle-ci
session-end = Terminer la session
session-ended = La session est terminée
session-ended-means = Qui l’utilisait doit se reconnecter.
homeless = Vous n’appartenez encore à aucune organisation
homeless-next = Demandez à un propriétaire ou à un administrateur d’inviter l’adresse { $email }.
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
    [ManageProjects] gérer les projets
    [ReadAudit] lire le journal d’audit
    [GrantCredits] accorder des crédits
    [SetPrices] fixer les tarifs
    [CloseBilling] clore les périodes et émettre les factures
    [SetQuotas] fixer les quotas
    [ReadNodes] voir les nœuds
    [MaintainNodes] entretenir les nœuds
    [ReadInstallationAudit] lire le journal d’audit du hub
   *[other] { $word }
}
