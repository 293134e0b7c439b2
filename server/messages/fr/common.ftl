# Le cadre, les chemins dans le produit, et les mots que tous les écrans partagent.
product = Tamuda
product-tagline = Des GPU en quelques minutes. Aucune surprise ensuite.
simulated = simulé
simulated-means = Cette installation tourne sur un cluster simulé. Aucun GPU n’est réel, et l’argent non plus.

skip-to-content = Aller au contenu
nav-main = Navigation principale
nav-open = Ouvrir la navigation
nav-breadcrumb = Fil d’Ariane
nav-overview = Vue d’ensemble
nav-build = Calcul
nav-launch = Lancer
nav-instances = Instances
nav-money = Argent
nav-usage = Consommation
nav-wallet = Portefeuille
nav-invoices = Factures
nav-organisation = Organisation
nav-members = Membres
nav-sessions = Sessions
nav-hub = Hub
nav-hall = Salle
nav-nodes = Nœuds et GPU
nav-waiting = En attente
nav-tenants = Clients
nav-organisations = Organisations
nav-quotas = Quotas
nav-grants = Subventions
nav-finance = Finance
nav-prices = Tarifs
nav-billing = Facturation
nav-audit = Audit
nav-sign-out = Se déconnecter
nav-sign-in = Se connecter
nav-api = API

switch-organisation = Changer d’organisation
staff-area = Équipe du hub
language = Langue
theme = Thème
theme-system = Comme l’appareil
theme-light = Clair
theme-dark = Sombre
account = Compte

save = Enregistrer
cancel = Annuler
confirm = Confirmer
undo = Annuler l’action
open = Ouvrir
copy = Copier
filter = Filtrer
all = Tout
newer = Plus récent
older = Plus ancien
more = Plus
yes = Oui
no = Non
unknown = inconnu
none = aucun
not-measurable = non mesurable
updated = Actualisé { $ago }
as-table = Sous forme de tableau
table-region = Tableau, à faire défiler latéralement
form-has-errors = { $n ->
    [one] Un champ est à revoir.
   *[other] { $n } champs sont à revoir.
}
field-optional = facultatif
confirm-by-typing = Saisissez { $name } pour confirmer
confirm-mismatch = Ce n’est pas le bon nom. Saisissez exactement { $name }.
not-allowed = Il faut l’autorisation de { $permission }. La détiennent : { $who }.
request-number = Requête
list-and = ,{" "}
back-home = Retour à la vue d’ensemble
