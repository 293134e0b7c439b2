# Rôles et membres.
role = { $word ->
    [owner] Propriétaire
    [admin] Administrateur
    [developer] Développeur
    [billing] Facturation
    [viewer] Lecteur
   *[other] ? { $word }
}
role-meaning = { $word ->
    [owner] Tout, y compris qui peut faire quoi.
    [admin] Tout, sauf céder l’organisation.
    [developer] Lance, arrête et lit les journaux. Voit la consommation et le solde.
    [billing] Voit l’argent et les factures. Ne touche à aucune instance.
    [viewer] Regarde, ne modifie rien.
   *[other] ? { $word }
}
members-beneath = Qui appartient à { $organisation }, et ce que chacun peut faire.
member = Membre
member-role = Rôle
member-since = Depuis
member-you = vous
roles-title = Ce que permet chaque rôle
roles-may = Peut
invite = Inviter
invite-title = Inviter quelqu’un
invite-beneath = La personne reçoit une lettre et rejoint { $organisation } avec elle.
invite-email-hint = Elle entre avec cette adresse et aucune autre.
invite-send = Envoyer l’invitation
invited = { $email } est invité
invited-means = La lettre sert une fois, dans les { $n } heures.
invited-again = Une nouvelle lettre part vers { $email }
invitations = Invitations sans réponse
invitation-to = Invité
invitation-by = par { $name }
invitation-state = Jusqu’à
invitation-open = ouverte
invitation-expired = expirée
invitation-acts = Que faire de l’invitation
invitation-resend = Renvoyer
invitation-revoke = Retirer
invitation-revoked = L’invitation de { $email } est retirée
invitation-revoked-means = Sa lettre ne sert plus.
invitation-title = Rejoindre { $organisation }
invitation-beneath = { $by } vous invite, avec le rôle : { $role }.
invitation-as = Vous entrez comme { $email }.
invitation-accept = Rejoindre
invitation-other = L’invitation a été envoyée à { $email }, et vous êtes connecté comme { $reader }. Déconnectez-vous, puis rouvrez le lien de la lettre.
invitation-known = { $email } se connecte déjà ici. Connectez-vous, et vous revenez à cette page.
invitation-new = Votre compte sera { $email }.
invitation-register = Créer le compte et rejoindre
invitation-spent = Cette invitation ne sert plus
invitation-spent-means = Elle a été utilisée, retirée, ou elle est trop ancienne. Demandez-en une autre à qui vous a invité.
joined = Bienvenue chez { $organisation }
joined-means = Votre rôle : { $role }. Ce qu’il permet se lit sous Membres.
person-name = Votre nom
member-change = Changer le rôle
role-changed = Le rôle est maintenant : { $role }
role-changed-means = Il vaut dès le prochain clic, dans chaque fenêtre ouverte.
member-remove = Exclure
member-remove-means = { $name } ne voit plus rien ici en moins d’une seconde. Ce que cette personne a lancé continue et reste à vous.
member-removed = Le membre est exclu
member-removed-means = Pour le laisser revenir, invitez-le de nouveau.
ownership-transfer = Céder l’organisation
ownership-transfer-means = { $name } devient propriétaire et vous devenez administrateur. Seule cette personne peut vous la rendre.
ownership-transferred = L’organisation est cédée
ownership-transferred-means = Vous êtes maintenant administrateur.
leave = Quitter
leave-means = Vous ne voyez plus { $organisation } aussitôt. Pour revenir, il faut une invitation.
left = Vous avez quitté { $organisation }
found = Ouvrir une organisation
found-title = Ouvrir une organisation
found-beneath = Elle porte vos instances, ses membres et son argent. Vous en êtes propriétaire et pouvez inviter.
found-name = Nom
found-legal-name = Raison sociale
found-legal-name-hint = Telle qu’elle figurera sur les factures. Une personne seule écrit son propre nom.
found-address = Adresse
found-currency = Devise
found-currency-hint = Celle dans laquelle elle paie. Elle ne change plus ensuite.
found-business = Elle achète comme entreprise
found-it = Ouvrir
founded = { $organisation } est ouverte
founded-means = Son portefeuille est vide : l’incubateur du hub accorde des crédits, et votre première instance peut alors démarrer.
country = { $code ->
    [MA] Maroc
    [DZ] Algérie
    [AT] Autriche
    [BH] Bahreïn
    [BE] Belgique
    [BJ] Bénin
    [BF] Burkina Faso
    [CM] Cameroun
    [CA] Canada
    [CI] Côte d’Ivoire
    [CZ] Tchéquie
    [DK] Danemark
    [EG] Égypte
    [FI] Finlande
    [FR] France
    [GA] Gabon
    [DE] Allemagne
    [GH] Ghana
    [GR] Grèce
    [GN] Guinée
    [IN] Inde
    [IE] Irlande
    [IT] Italie
    [JO] Jordanie
    [KE] Kenya
    [KW] Koweït
    [LB] Liban
    [LU] Luxembourg
    [ML] Mali
    [MR] Mauritanie
    [NL] Pays-Bas
    [NE] Niger
    [NG] Nigeria
    [NO] Norvège
    [OM] Oman
    [PL] Pologne
    [PT] Portugal
    [QA] Qatar
    [RO] Roumanie
    [RW] Rwanda
    [SA] Arabie saoudite
    [SN] Sénégal
    [ZA] Afrique du Sud
    [ES] Espagne
    [SE] Suède
    [CH] Suisse
    [TG] Togo
    [TN] Tunisie
    [TR] Turquie
    [AE] Émirats arabes unis
    [GB] Royaume-Uni
    [US] États-Unis
   *[other] { $code }
}
# Projets et budgets.
projects-beneath = Tout ce qui est lancé appartient à l’un d’eux. Un budget est une limite qui tient toute seule.
project-new = Nouveau projet
project-name = Nom
project-name-hint = De 1 à 60 caractères ; son mot dans les adresses en est tiré.
project-make = Créer le projet
project-made = { $name } est créé
project-made-means = Donnez-lui un budget, et dites qui peut y lancer.
project-beneath = Ce qu’il peut dépenser, et qui peut y lancer.
project-members = Qui peut lancer ici
project-members-mean = Si personne n’est coché, tout membre qui peut lancer le peut ici. Propriétaires et administrateurs le peuvent toujours.
project-members-save = Enregistrer
project-open = Tout membre qui peut lancer peut lancer ici
project-for = { $n ->
    [one] Un membre peut lancer ici, en plus des propriétaires et administrateurs
   *[other] { $n } membres peuvent lancer ici, en plus des propriétaires et administrateurs
}
project-rename = Renommer
project-renamed = Il s’appelle maintenant { $name }
project-is-closed = Fermé
project-closed-since = Fermé depuis le { $at }
project-closed-means = Rien n’est lancé ici. Ce qui a été utilisé reste dans votre consommation et vos factures sous son nom. Rouvert, il est pour les mêmes membres qu’avant, sans budget.
project-open-again = Rouvrir
project-did-open = { $name } est rouvert
project-did-open-means = Son budget a pris fin à la fermeture : donnez-lui-en un autre s’il en faut un.
project-close = Fermer le projet
project-close-name = Fermer { $name }
project-close-beneath = Ce qui prend fin et ce qui reste est dit avant que rien ne se passe, et le projet peut être rouvert.
project-close-see = Voir ce qui se passerait
project-close-it = Le fermer
project-close-means = Plus rien n’y est lancé, et son budget prend fin. Un propriétaire ou administrateur peut le rouvrir à tout moment.
project-close-holds = { $n ->
    [one] Une de ses instances ou un de ses volumes n’est pas supprimé : { $names }. Commencez par là.
   *[other] { $n } de ses instances et volumes ne sont pas supprimés : { $names }. Supprimez-les d’abord.
}
project-close-instances = Voir ses instances
project-close-last = C’est le seul projet ouvert, et il en faut un pour lancer. Créez-en un autre d’abord.
project-close-now = Aussitôt
project-close-now-means = Plus rien n’y est lancé ni démarré, qui que ce soit le demande, et aucune suppression d’instance n’y est annulée.
project-close-budget = Budget qui prend fin
project-close-members = Membres à qui il est réservé
project-close-everybody = tout membre qui peut lancer
project-close-tokens = Jetons d’API qui ne lancent plus rien
project-close-lots = Subventions qui ne paient rien pendant ce temps
project-close-kept = Ce qui reste
project-close-kept-means = Sa consommation et ses factures sous son nom, son audit, et qui peut y lancer, pour le jour où il est rouvert.
project-did-close = { $name } est fermé
project-did-close-means = Il peut être rouvert ici.
budget = Budget
budget-none = Rien ne le limite, sinon le portefeuille.
budget-without = sans limite
budget-ceiling = Plafond
budget-ceiling-hint = Taxe comprise. Au plafond, les lancements sont refusés et ce qui tourne est arrêté. Vide : plus de budget.
budget-alert = Courrier à partir de
budget-alert-hint = Propriétaires, administrateurs et la personne concernée reçoivent un courrier. Vide : quatre cinquièmes du plafond.
budget-counts = Compte
budget-window = { $word ->
    [month] chaque mois
    [total] sans fin
   *[other] ? { $word }
}
budget-save = Enregistrer le budget
budget-set = Le budget est de { $ceiling }
budget-set-means = Un courrier part à { $alert }.
budget-removed = Plus rien ne le limite, sinon le portefeuille
budget-used-of = { $spent } sur { $ceiling }, { $window }
budget-spent = Dépensé, jusqu’au dernier règlement
budget-held = Mis de côté
budget-left = Reste pour des lancements
# Jetons d’API.
tokens-beneath = Ce avec quoi viennent les programmes. Chacun fait ce qui lui a été donné, finit tout seul, et ne peut dépenser plus que prévu.
tokens-none = Pas encore de jeton
tokens-none-means = Un jeton laisse un programme lancer, arrêter et lire ici sans le mot de passe de personne.
token = Jeton
token-may = Peut
token-spent = Dépensé
token-used = Dernière utilisation
token-never-used = jamais
token-acts = Que faire
token-revoke = Révoquer
token-revoked = Le jeton est révoqué
token-revoked-means = Il n’ouvre plus rien. Ce qu’il a lancé continue.
token-of-service = compte de service
token-until = jusqu’au { $until }
token-of-ceiling = sur { $ceiling }
token-units = { $n ->
    [one] une unité à la fois
   *[other] { $n } unités à la fois
}
token-some-projects = { $n ->
    [one] un projet
   *[other] { $n } projets
}
token-some-flavours = { $n ->
    [one] un type de GPU
   *[other] { $n } types de GPU
}
token-how = Depuis un programme
token-how-means = Gardez-le là où l’on garde les secrets, et envoyez-le avec chaque requête. Toute l’API se trouve sous /api/docs.
token-new = Nouveau jeton
token-new-beneath = Donnez-lui ce dont son programme a besoin, et rien d’autre.
token-what = Ce qu’il peut faire
token-where = Où
token-how-much = Combien, et combien de temps
token-name = Nom
token-name-hint = Ce qui s’en sert, pour le reconnaître.
token-whose = À qui
token-whose-hint = Le vôtre finit avec votre adhésion. Un compte de service est à l’organisation.
token-own = À moi, avec mon rôle
token-service = Compte de service : { $role }
token-projects = Projets
token-projects-hint = Le jeton d’un projet ne voit rien des autres, ni l’argent.
token-every-project = Tous les projets
token-flavours = GPU
token-every-flavour = Tous les GPU
token-networks = Depuis ces adresses seulement
token-networks-hint = Comme 192.0.2.0/24, 2001:db8::1. Vide : de partout.
token-ceiling-hint = Taxe comprise. Au-delà, le jeton ne lance plus rien et ce qu’il a lancé est arrêté. Celui qui lance en a besoin.
token-most-units = GPU à la fois
token-most-units-hint = Vide : autant que le quota le permet.
token-days = Jours
token-days-hint = De 1 à 365 ; ensuite il n’ouvre plus rien.
token-make = Créer le jeton
token-made = { $name } est créé
token-shown-once = Copiez-le maintenant
token-shown-once-means = Personne ne peut le montrer à nouveau, nous non plus : seule son empreinte est gardée.
token-secret = Le jeton
token-kept = Je l’ai gardé
domain = Domaine
domain-none-means = Nommez le domaine de vos adresses : qui se connecte avec l’une d’elles devient alors membre de lui-même.
domain-claim = Nommer un domaine
domain-beneath = Qui se connecte avec une adresse de ce domaine exactement devient de lui-même membre de { $organisation }.
domain-name-hint = Ce qui suit le @, par exemple atlas.example. Les sous-domaines ne comptent pas.
domain-provider = Connexion avec
domain-role = Rôle à l’entrée
domain-send = Demander au hub
domain-claimed = La demande pour { $domain } est chez le hub
domain-claimed-means = Publiez l’enregistrement qui figure sous Domaine. Personne n’entre par là avant que le hub l’ait vu.
domain-waits = attend le hub
domain-confirmed = confirmé
domain-record = Publiez cet enregistrement TXT dans le DNS de { $domain }. Le hub le cherche et confirme.
domain-record-label = Enregistrement TXT
domain-means = Qui se connecte avec une de ses adresses devient membre de lui-même. Qui a été retiré ou est parti ne revient que sur invitation.
domain-remove = Retirer le domaine
domain-remove-means = Plus personne n’entre par { $domain }. Les membres restent.
domain-removed = { $domain } ne fait plus entrer personne
domain-removed-means = Qui est entré par lui reste membre jusqu’à ce que vous le retiriez.
domain-no-provider = Le hub n’offre aucune connexion par un fournisseur qui garantit les adresses.
