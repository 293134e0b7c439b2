# Chaque refus dans sa propre phrase, et la suite quand le conseil général ne convient pas.
refusal-quota-exceeded = Vous avez demandé { $asked } × { $flavour } ; il reste { $left } sur votre quota de { $quota }.
refusal-insufficient-credit = Le démarrage met { $needed } de côté, et { $available } est disponible.
refusal-budget-exceeded = { $of ->
    [organisation] Il reste { $left } à la limite de dépenses de { $name } pour ce mois, et { $needed } serait mis de côté.
    [project] Il reste { $left } au budget du projet { $name }, et { $needed } serait mis de côté.
    [member] Il reste { $left } au budget de { $name }, et { $needed } serait mis de côté.
   *[other] Le jeton { $name } peut encore dépenser { $left }, et { $needed } serait mis de côté.
}
refusal-budget-exceeded-next = { $of ->
    [organisation] Faites-la relever dans le portefeuille par un propriétaire, un administrateur ou la facturation, ou choisissez plus petit.
    [token] Créez un jeton au plafond plus élevé, ou choisissez plus petit.
   *[other] Faites relever son plafond, ou choisissez plus petit.
}
refusal-budget-of-organisation = C’est la limite de dépenses de l’organisation.
refusal-budget-of-organisation-next = Modifiez-la dans le portefeuille, ou à l’adresse spending-limit.
refusal-budget-of-token = Le plafond d’un jeton dure aussi longtemps que lui.
refusal-budget-of-token-next = Révoquez le jeton et créez-en un avec un autre plafond.
refusal-invalid-above-ceiling = Ce montant ne peut pas dépasser le plafond.
refusal-token-lacks = Ce jeton n’a pas reçu le droit { $permission }.
refusal-token-lacks-next = Créez un jeton qui l’a, dans les limites de votre rôle.
refusal-token-reach = Ce jeton n’atteint pas { $field ->
    [project] ce projet
    [storage] le stockage
   *[flavour] ce GPU
}.
refusal-token-reach-next = Prenez-en un qui l’atteint, ou créez-en un.
refusal-token-units = Ce jeton peut faire tourner { $most } unités à la fois.
refusal-token-units-next = Arrêtez ce qu’il a lancé, ou créez un jeton qui en permet plus.
refusal-token-no-person = Un jeton ouvre ce qui est à une organisation, et rien ici.
refusal-token-no-person-next = Connectez-vous et venez avec le cookie de la session.
refusal-token-made-before = Ce jeton a déjà été créé, et son secret a été montré alors.
refusal-token-made-before-next = Révoquez-le si vous n’avez pas gardé le secret, et créez-en un autre.
refusal-tokens-many = Il y a déjà cinq cents jetons.
refusal-tokens-many-next = Révoquez ceux que personne n’utilise.
refusal-projects-many = Il y a déjà deux cents projets.
refusal-projects-many-next = Servez-vous de l’un d’eux ; un projet fermé peut être rouvert sous un autre nom.
refusal-project-closed = Ce projet est réservé à certains membres.
refusal-project-closed-next = Choisissez-en un autre, ou demandez à un propriétaire ou administrateur de vous ajouter.
refusal-project-ended = Ce projet est fermé : plus rien n’y commence.
refusal-project-ended-next = Choisissez un autre projet, ou demandez à un propriétaire ou administrateur de le rouvrir.
refusal-project-holds = { $n ->
    [one] Une instance ou un volume de ce projet n’est pas supprimé : { $names }.
   *[other] { $n } instances et volumes de ce projet ne sont pas supprimés : { $names }.
}
refusal-project-holds-next = Supprimez-les, puis fermez le projet.
refusal-project-last = C’est le seul projet ouvert, et il en faut un pour lancer.
refusal-project-last-next = Créez-en un autre, ou rouvrez-en un qui est fermé, puis fermez celui-ci.
refusal-staff-factor = Ce que vous faites pour le hub attend que vous ayez un second facteur.
refusal-staff-factor-next = Ajoutez-en un sous Seconds facteurs, puis revenez.
refusal-prove-first = Il faut avoir montré depuis moins de dix minutes qui vous êtes.
refusal-prove-first-next = Reconnectez-vous, puis réessayez.
refusal-no-rehearsal = Cela ne peut pas être répété à blanc.
refusal-no-rehearsal-next = Envoyez-le sans dry_run.
refusal-not-for-sale = { $flavour } n’a pas de tarif pour le moment.
refusal-name-taken = Une autre instance ou un autre volume en vie s’appelle { $name }.
refusal-invalid-length = Il faut de { $min } à { $max } caractères.
refusal-invalid-range = Il faut un nombre entier de { $min } à { $max }.
refusal-invalid-amount = Il faut un montant supérieur à zéro, écrit comme 1250,50.
refusal-invalid-within = Il faut un montant de { $least } à { $most }.
refusal-invalid-currency = Il doit être dans la devise de l’organisation.
refusal-invalid-unknown = Rien de ce nom n’existe ici.
refusal-invalid-slug = Seulement des minuscules a–z, des chiffres et des tirets simples, avec une lettre ou un chiffre aux deux bouts.
refusal-invalid-required = Ce champ ne peut pas rester vide.
refusal-invalid-past = Il doit se situer dans le futur.
refusal-invalid-order = Il doit venir après le précédent.
refusal-invalid-form = Il n’a pas la forme attendue ici.
refusal-invalid-breached = Ce mot de passe figure dans des listes de mots de passe volés, essayés en premier.
refusal-invalid-breached-next = Choisissez-en un qui n’est nulle part ailleurs, par exemple quelques mots à la suite.
refusal-invalid-own-words = Un mot de passe fait des mots du produit est essayé en premier.
refusal-invalid-own-words-next = Choisissez-en un qui ait davantage, par exemple quelques mots à la suite.
refusal-price-overlaps = Un autre tarif vaut déjà pendant cette période.
refusal-price-began = Ce tarif est déjà en vigueur et ne peut plus être modifié.
refusal-price-began-next = Fixez-en un nouveau qui commence plus tard.
refusal-tax-rule-overlaps = Une autre règle de taxe vaut déjà pendant cette période.
refusal-no-tax-rule = Aucune règle de taxe ne vaut pour le pays de cette organisation.
refusal-no-tax-rule-next = La finance du hub doit en fixer une avant tout démarrage.
refusal-period-exists = Cette période existe déjà.
refusal-period-closed = Cette période est déjà close.
refusal-period-runs = Cette période court encore.
refusal-period-not-settled = Toutes les secondes avant la fin de la période ne sont pas encore connues et réglées.
refusal-period-not-settled-next = Cela se règle de soi-même dès que les clusters ont répondu. Réessayez dans quelques minutes.
refusal-usage-without-price = Des secondes utilisées avant la fin de la période n’ont ni tarif ni règle de taxe.
refusal-usage-without-price-next = Faites rétablir le tarif ou la règle de taxe de ce moment : elles seront alors réglées et la période pourra être close.
refusal-cluster-not-confirmed = { $cluster } est connu jusqu’au { $known_through } ; la période le demande jusqu’au { $needed }.
refusal-cluster-not-confirmed-next = Attendez-le, ou renoncez à ses secondes non confirmées en disant pourquoi.
refusal-cluster-not-waited-for = Cette clôture n’attend pas ce cluster.
refusal-finalised = Cette facture est définitive et ne change plus.
refusal-earlier-draft-waits = Le brouillon d’une période antérieure doit d’abord être émis.
refusal-draft-has-no-credit = Un brouillon change encore de lui-même : seule une facture définitive se corrige par un avoir.
refusal-nothing-left-to-credit = Tout ceci a déjà fait l’objet d’avoirs.
refusal-nothing-left-to-credit-next = Voyez les avoirs sous la facture.
refusal-credit-exceeds = De la ligne { $line }, il reste { $left } à créditer ; { $asked } a été demandé.
refusal-credit-exceeds-next = Créditez au plus ce qui reste de la ligne.
refusal-draft-withholds-nothing = Un brouillon change encore de lui-même : on ne retient que sur une facture définitive.
refusal-invalid-certificate-day = Une attestation n’est ni plus ancienne que sa facture, ni d’un jour à venir.
refusal-withholding-exceeds = On peut encore enregistrer au plus { $most } de retenue ; ceci est de { $asked }.
refusal-withholding-exceeds-next = Enregistrez au plus ce qui est dû et ce que la règle fiscale permet, ou établissez un avoir.
refusal-certificate-known = Cette attestation est déjà enregistrée pour cette facture.
refusal-certificate-known-next = Voyez ce qui a été retenu, et reprenez-le si c’était une erreur.
refusal-withholding-undone = Ceci a déjà été repris.
refusal-withholding-undone-next = Enregistrez à nouveau l’attestation si elle compte finalement.
refusal-draft-not-contested = Un brouillon change encore de lui-même : seule une ligne d’une facture définitive se conteste.
refusal-draft-not-contested-next = Écrivez au hub, ou attendez que la facture soit définitive.
refusal-contest-too-late = Le délai pour contester les lignes de cette facture est passé.
refusal-contest-too-late-next = Écrivez au hub : il peut encore corriger une facture de lui-même.
refusal-nothing-to-contest = Rien n’a été facturé pour cette ligne.
refusal-nothing-to-contest-next = Choisissez une ligne qui porte un montant.
refusal-line-contested = Cette ligne est déjà contestée.
refusal-line-contested-next = Attendez la réponse du hub, ou retirez la contestation et contestez de nouveau.
refusal-contested-often = Cette ligne a été contestée cinq fois.
refusal-contested-often-next = Écrivez au hub à ce sujet.
refusal-contest-written-off = Le hub a renoncé à une partie de cette facture, qui ne peut donc pas être rendue.
refusal-contest-written-off-next = Contestez un montant plus petit, ou écrivez au hub à ce sujet.
refusal-dispute-answered = La réponse est déjà donnée, ou la contestation retirée.
refusal-dispute-answered-next = Ouvrez-la et voyez ce qu’il en est advenu.
refusal-sign-off-needed = { $amount } dépasse les { $limit } qu’une seule personne peut traiter.
refusal-sign-off-needed-next = Demandez une deuxième signature sur exactement cela ; une fois donnée, recommencez.
refusal-sign-off-not-needed = Ceci ne dépasse pas la limite : une personne suffit.
refusal-sign-off-not-needed-next = Faites-le sans deuxième signature.
refusal-sign-off-own = Une deuxième personne signe ou refuse, jamais qui a demandé.
refusal-sign-off-own-next = Demandez à quelqu’un d’autre de la finance ; vous pouvez reprendre la demande.
refusal-sign-off-not-yours = Seul qui a demandé une signature la reprend.
refusal-sign-off-not-yours-next = Refusez-la plutôt, avec un motif.
refusal-sign-off-decided = Cette signature est déjà décidée.
refusal-sign-off-decided-next = Rechargez la page pour voir comment.
refusal-sign-off-asked-already = Une deuxième signature sur exactement cela est déjà demandée.
refusal-sign-off-asked-already-next = Voyez-la sous « Deux signatures ».
refusal-sign-off-limit-same = La limite est déjà celle-là.
refusal-sign-off-limit-same-next = Rien n’est à faire.
refusal-nothing-owed = Rien de ceci n’est dû.
refusal-nothing-owed-next = Voyez ce qui est dû sous « Passages en perte » ; l’usage qui n’est encore sur aucune facture émise ne se passe pas en perte.
refusal-draft-is-not-owed = Un brouillon n’est pas encore dû.
refusal-draft-is-not-owed-next = Finalisez-le d’abord.
refusal-write-off-undone = Ce passage en perte est déjà repris.
refusal-write-off-undone-next = Rechargez la page.
refusal-undo-write-off-first = Une partie de ceci est passée en perte, et personne ne l’a payée.
refusal-undo-write-off-first-next = Reprenez d’abord le passage en perte, ou créditez moins.
refusal-draft-has-no-replay = Un brouillon est recalculé à chaque fois : il n’y a rien à quoi le comparer.
refusal-slug-taken = Ce mot est déjà pris.
refusal-not-covered = Le solde ne couvre pas cela.
refusal-lot-used-up = Il ne reste rien de cette subvention.
refusal-booked-before = Un virement avec cette référence est déjà comptabilisé.
refusal-top-ups-many = Vingt recharges sont déjà attendues.
refusal-top-ups-many-next = Payez-en une, ou attendez qu’elles soient closes.
refusal-no-card = Ce hub n’accepte pas les cartes.
refusal-no-card-next = Rechargez par virement ; le portefeuille dit comment.
refusal-card-not-kept = Cette carte n’est pas gardée.
refusal-card-not-kept-next = Regardez de nouveau les cartes enregistrées, ou enregistrez-en une.
refusal-cards-many = Dix cartes sont déjà gardées ou attendues.
refusal-cards-many-next = Retirez d’abord l’une d’elles.
refusal-finding-settled = Cela a déjà été examiné.
refusal-finding-settled-next = Regardez la liste à nouveau.
refusal-flavour-is-nowhere = Plus aucun cluster n’a ce GPU.
refusal-instance-deleted = Cette instance est supprimée.
refusal-volume-in-use = Une instance monte ce volume.
refusal-volume-in-use-next = Arrêtez cette instance, puis réessayez.
refusal-volume-frozen = Personne ne paie ce volume : il est gelé.
refusal-volume-frozen-next = Rechargez le portefeuille ; il revient aussitôt.
refusal-volume-lost = Le stockage de ce volume a disparu du cluster.
refusal-volume-lost-next = Demandez à l’opérateur ; rien n’en est facturé.
refusal-volume-deleted = Ce volume est supprimé.
refusal-volume-deleted-next = Annulez sa suppression sur sa page, ou choisissez-en un autre.
refusal-volume-elsewhere = Ce volume se trouve dans un autre cluster que le GPU.
refusal-volume-elsewhere-next = Choisissez un volume du même cluster, ou lancez sans lui.
refusal-volume-of-another-project = Ce volume appartient à un autre projet.
refusal-volume-of-another-project-next = Lancez dans son projet, ou choisissez un autre volume.
refusal-volume-is-nowhere = Aucun cluster ne peut encore garder de volume.
refusal-volume-is-nowhere-next = Demandez à l’opérateur d’en enregistrer un.
refusal-undo-too-late = Le délai pour annuler est passé.
refusal-undo-too-late-next = Lancez-en une nouvelle ; ses réglages figurent sur la page de l’ancienne.
refusal-organisation-suspended = Le hub a suspendu cette organisation : rien de nouveau ne démarre.
refusal-organisation-suspended-next = Écrivez au hub ; ce que vous avez est conservé.
refusal-organisation-closed = Cette organisation a été fermée : plus rien n’y commence.
refusal-organisation-closed-next = Tant qu’elle n’a pas pris fin, un propriétaire peut la garder depuis la page de ses réglages.
refusal-organisation-runs = Quelque chose tourne encore dans cette organisation.
refusal-organisation-runs-next = Arrêtez ou supprimez ce qui tourne, puis fermez-la.
refusal-question-answered = Quelqu’un a déjà répondu à cette question.
refusal-too-many-attempts = Trop de tentatives : la prochaine compte dans { $seconds } secondes.
refusal-too-many-attempts-next = Patientez, puis essayez une fois.
refusal-foreign-origin = Ceci a été envoyé depuis un autre site.
refusal-foreign-origin-next = Ouvrez la page ici et envoyez-la d’ici.
refusal-too-slow = Cela a pris plus de temps que nous n’en faisons attendre.
refusal-letter-expired = Plus personne ne pourrait se servir de cette lettre.
refusal-letter-expired-next = Jetez-la ; qui l’attend en demande une nouvelle.
refusal-invalid-email = Aucune lettre ne peut être envoyée à cette adresse.
refusal-invalid-email-next = Écrivez-la comme nom@exemple.org, une seule adresse.
refusal-member-already = Quelqu’un avec cette adresse est déjà membre.
refusal-member-already-next = Changez son rôle sur sa propre page, s’il lui en faut un autre.
refusal-invited-already = Cette adresse est déjà invitée.
refusal-invited-already-next = Renvoyez cette invitation, ou retirez-la d’abord.
refusal-invitations-many = Cent invitations sans réponse, et deux cents par jour, c’est le maximum.
refusal-invitations-many-next = Retirez celles auxquelles personne ne répondra.
refusal-invitation-just-sent = Sa lettre a été écrite il y a moins d’une minute.
refusal-invitation-just-sent-next = Attendez une minute, puis renvoyez-la.
refusal-last-owner = Une organisation a besoin d’un propriétaire, et c’est le dernier.
refusal-last-owner-next = Nommez d’abord un autre membre propriétaire.
refusal-owner-already = Vous êtes déjà propriétaire.
refusal-owner-already-next = Choisissez un autre membre à qui céder.
refusal-organisations-many = Vous possédez déjà cinq organisations, le maximum.
refusal-organisations-many-next = Cédez-en une, ou demandez au hub d’en ouvrir une autre.
refusal-invalid-character = Il contient un caractère qu’aucun texte ne peut avoir.
refusal-invalid-character-next = Écrivez-le de nouveau au lieu de le coller.
refusal-invitation-letters-many = Une invitation reçoit dix lettres au plus.
refusal-invitation-letters-many-next = Retirez-la et invitez une autre adresse.
refusal-address-same = Vous vous connectez déjà avec cette adresse.
refusal-address-same-next = Écrivez celle que vous voulez à sa place.
refusal-account-is-member = Vous appartenez encore à une organisation.
refusal-account-is-member-next = Quittez-la d’abord sur sa page des membres ; son dernier propriétaire la transmet avant.
refusal-account-is-staff = Vous faites encore partie du personnel du hub.
refusal-account-is-staff-next = Demandez d’abord au hub de mettre fin à votre rôle.
refusal-secrets-without-key = Cette installation n’a pas de clé pour sceller les secrets : une application d’authentification ne peut pas être ajoutée.
refusal-secrets-without-key-next = Son opérateur indique un fichier de clés dans TAMUDA_SECRET_KEYS ; une clé d’accès n’en a pas besoin.
refusal-codes-without-factor = Il n’y a pas de second facteur que des codes pourraient remplacer.
refusal-codes-without-factor-next = Activez-en un d’abord : les codes viennent avec lui.
refusal-passkey-known = Cette clé d’accès est déjà connue ici.
refusal-passkey-known-next = Créez-en une autre, ou connectez-vous avec elle.
refusal-passkeys-many = Vous avez vingt clés d’accès ; on n’en garde pas plus.
refusal-passkeys-many-next = Retirez d’abord celle que vous n’utilisez plus.
refusal-last-way-in = C’est la seule entrée de votre compte.
refusal-last-way-in-next = Définissez d’abord un mot de passe par lettre, ou ajoutez une clé d’accès.
refusal-invalid-domain = Aucune adresse ne peut être à ce domaine.
refusal-invalid-domain-next = Écrivez ce qui suit le @, par exemple atlas.example.
refusal-invalid-public-domain = Tout le monde peut y avoir une adresse : des inconnus entreraient.
refusal-invalid-public-domain-next = Nommez un domaine propre à votre organisation, ou invitez les personnes une à une.
refusal-domain-there = Votre organisation a déjà un domaine, ou en a demandé un.
refusal-domain-there-next = Retirez d’abord celui-là.
refusal-domain-taken = Une autre organisation a ce domaine.
refusal-domain-taken-next = Demandez à ses propriétaires s’il est à eux ; l’une des deux doit le retirer.
refusal-domain-confirmed = Ce domaine est déjà confirmé.
refusal-staff-already = Cette personne a déjà ce rôle.
refusal-staff-proposed-already = Cette personne est déjà proposée pour ce rôle.
refusal-staff-proposed-already-next = Un autre opérateur peut l’approuver sous Personnes, ou quelqu’un la retire.
refusal-staff-second-person = Une seconde personne doit approuver : ni l’auteur de la proposition, ni la personne proposée.
refusal-staff-second-person-next = Demandez à un autre opérateur.
refusal-reset-own = Personne ne le demande pour soi-même.
refusal-reset-own-next = Demandez à un autre opérateur de vérifier qui vous êtes et de le demander pour vous.
refusal-reset-nothing = Cette personne n’a aucun second facteur.
refusal-reset-nothing-next = Elle se connecte avec son mot de passe ; oublié, elle en définit un autre par lettre.
refusal-reset-asked-already = C’est déjà demandé.
refusal-reset-asked-already-next = Un autre opérateur peut l’approuver sous Personnes, ou quelqu’un la retire.
refusal-account-stopped = Le hub a bloqué ce compte.
refusal-account-stopped-next = Personne n’y entre tant que le hub ne l’a pas rouvert. Écrivez au hub, ou répondez à la lettre qui vous l’a dit.
refusal-account-stopped-already = Ce compte est déjà bloqué.
refusal-account-stopped-already-next = Sa page dit depuis quand, et permet de le rouvrir.
refusal-account-open-already = Ce compte est déjà ouvert.
refusal-account-open-already-next = Il n’y a plus rien à faire : la personne peut se connecter.
refusal-account-signed-out = Ce compte n’a aucune session ouverte.
refusal-account-signed-out-next = Pour que personne n’entre, bloquez le compte.
refusal-stop-own = Personne ne bloque son propre compte.
refusal-stop-own-next = Fermez vous-même vos sessions, ou demandez à un autre opérateur.
refusal-last-operator = Le hub a besoin d’un opérateur, et c’est le dernier.
refusal-last-operator-next = Faites-en d’abord nommer un autre.
refusal-view-only-looks = Vous regardez comme le ferait un membre : rien ne peut être modifié.
refusal-view-only-looks-next = Terminez d’abord cette vue.
refusal-no-receiving-account = Le hub n’a pas encore de compte bancaire dans cette monnaie.
refusal-no-receiving-account-next = Payez autrement ou demandez à la finance du hub de fixer le compte.
refusal-transfers-many = Vingt virements sont déjà attendus.
refusal-transfers-many-next = Annulez ceux qui ne viendront pas.
refusal-transfer-not-open = Ce virement est déjà payé ou annulé.
refusal-transfer-not-open-next = Annoncez-en un autre si davantage doit venir.
refusal-document-not-drawn = Ce fichier n’a pas encore pu être mis en page.
refusal-document-not-drawn-next = Le hub le sait et réessaie chaque jour ; écrivez-lui si c’est urgent.
refusal-statements-many = Dix relevés sont déjà en préparation.
refusal-statements-many-next = Attendez qu’ils soient prêts, puis redemandez.
refusal-line-decided = Cette ligne est déjà décidée.
refusal-line-decided-next = Ouvrez-la et voyez comment ; annulez d’abord si c’était faux.
refusal-line-refunded = De l’argent de cette ligne est retourné à qui l’a payé.
refusal-line-refunded-next = Annulez d’abord le remboursement si la banque ne l’a pas payé ; sinon cette ligne reste à qui elle est.
refusal-refund-all = Tout a déjà été remboursé, ou est en route.
refusal-refund-all-next = Voyez les remboursements de l’organisation : celui qui échoue peut être demandé à nouveau.
refusal-refund-not-free = Le portefeuille n’a rien de libre.
refusal-refund-not-free-next = Ce qui tourne retient le reste : faites-le arrêter d’abord, puis demandez à nouveau.
refusal-refund-not-to-pay = La banque n’a plus à payer ce remboursement.
refusal-refund-not-to-pay-next = Ouvrez-le et voyez ce qu’il est devenu.
refusal-line-not-matched = Cette ligne n’a payé personne.
refusal-line-not-matched-next = Ouvrez-la : son rapprochement est peut-être déjà annulé.
refusal-line-not-ignored = Personne n’a écarté cette ligne.
refusal-line-not-ignored-next = Ouvrez-la et voyez ce qu’elle est devenue.
refusal-statement-other-account = Le relevé est celui du compte { $account } en { $currency }, qui n’est pas au hub.
refusal-statement-other-account-next = Fixez-le comme compte d’encaissement ou choisissez le relevé d’un compte du hub.
refusal-invalid-account = Ce compte est faux : { $fault ->
    [empty] rien n’a été saisi
    [character] il contient autre chose que des lettres et des chiffres
    [start] un IBAN commence par deux lettres et deux chiffres
    [country] aucun pays à IBAN n’a ces lettres
    [length] il est trop court, trop long ou n’a pas la forme de son pays
   *[digits] sa clé ne correspond pas au reste
}
refusal-invalid-account-next = Comparez-le chiffre par chiffre au papier de la banque.
refusal-statement-broken = { $place ->
    [file] Le fichier
    [line] Ligne { $line }
   *[part] Ligne { $line }, { $part }
} : { $fault ->
    [empty] le fichier est vide
    [too_large] le fichier dépasse ce qu’un import accepte
    [encoding] les octets ne sont pas du texte { $about }
    [xml] ce XML n’est pas bien formé : { $about }
    [entities] le fichier définit des entités ou y renvoie
    [other_format] ce n’est pas un relevé { $about }
    [missing] il manque { $about }
    [amount] « { $about } » n’est pas un montant comptabilisable
    [date] « { $about } » n’est pas une date
    [currency] « { $about } » n’est ni MAD, ni EUR, ni USD
    [other_currency] deux monnaies : { $about }
    [sign] « { $about } » ne dit ni crédit ni débit
    [two_amounts] un crédit et un débit figurent ici
    [sum] les soldes ne correspondent pas aux lignes : { $about }
    [column] aucune colonne ne s’appelle « { $about } »
    [headings] aucune ligne ne nomme à la fois une date et un montant
   *[other] il ne se lit pas
}
refusal-statement-broken-next = { $fault ->
    [empty] Téléchargez le relevé une nouvelle fois auprès de la banque.
    [too_large] Demandez une période plus courte et importez un fichier après l’autre.
    [encoding] Enregistrez le fichier en texte UTF-8.
    [xml] Le fichier est abîmé ou tronqué : téléchargez-le une nouvelle fois.
    [entities] Demandez un fichier simple : l’export d’une banque n’a pas de DOCTYPE.
    [other_format] Choisissez le format que la banque nomme.
    [missing] Demandez un relevé complet des opérations comptabilisées, pas une liste d’opérations en attente.
    [amount] Vérifiez le signe décimal et la colonne ; rien n’a été repris du fichier.
    [date] Vérifiez l’ordre du jour, du mois et de l’année, et la colonne.
    [currency] Importez le relevé d’un compte dans l’une de ces monnaies.
    [other_currency] Choisissez la monnaie du compte.
    [sign] Comparez la ligne au papier de la banque et demandez-lui ce qu’elle signifie.
    [two_amounts] Vérifiez quelles colonnes sont crédit et débit.
    [sum] Une ligne manque ou figure deux fois : téléchargez le relevé entier une nouvelle fois.
    [column] Comparez les titres aux premières lignes du fichier.
    [headings] Dites à la main quelles colonnes sont lesquelles.
   *[other] Rien n’a été repris du fichier.
}
refusal-month-runs = Ce mois n’est pas encore fini.
refusal-month-runs-next = Ouvrez sa clôture une fois qu’il est terminé.
refusal-month-opened = La clôture de ce mois est déjà ouverte.
refusal-month-opened-next = Continuez avec sa liste de contrôle.
refusal-month-not-opened = Personne n’a ouvert la clôture de ce mois.
refusal-month-not-opened-next = Ouvrez-la d’abord ; sa liste de contrôle montre alors ce qui manque.
refusal-month-is-closed = Ce mois est clos : plus rien n’y est comptabilisé.
refusal-month-is-closed-next = Comptabilisez-le maintenant, dans le mois en cours.
refusal-month-is-finalised = Les brouillons de ce mois sont déjà en cours de finalisation.
refusal-month-is-finalised-next = Suivez cette exécution, ou arrêtez-la d’abord.
refusal-no-drafts = Il n’y a pas de brouillon jusqu’à la fin de ce mois.
refusal-no-drafts-next = Fermez d’abord les périodes : chaque clôture fait son brouillon.
refusal-run-over = C’est déjà terminé.
refusal-run-over-next = Demandez encore une fois tous les brouillons s’il en reste.
refusal-nothing-to-look-at = Ce brouillon n’a aucune raison d’être regardé.
refusal-nothing-to-look-at-next = Finalisez-le.
refusal-finalise-broken = Cinq essais ont échoué.
refusal-finalise-broken-next = Essayez-le seul ; s’il échoue encore, donnez à l’opérateur le numéro de la requête.
refusal-month-not-ready = Le mois ne peut pas encore être clos. { $check ->
    [clusters] Clusters sans nouvelles jusqu’à sa fin : { $n }.
    [periods] Périodes qui ne sont pas closes : { $n }.
    [drafted] Périodes closes sans brouillon : { $n }.
    [review] Brouillons dont personne n’a regardé les raisons : { $n }.
    [bank] Lignes de la banque en attente : { $n }.
    [provider] Constats de paiements que personne n’a examinés : { $n }.
    [drafts] Brouillons qui ne sont pas définitifs : { $n }.
    [balance] Endroits où les soldes diffèrent du grand livre : { $n }.
    [rules] Règles des livres enfreintes : { $n }.
   *[other] { $check } : { $n }.
}
refusal-month-not-ready-next = Sa liste de contrôle mène à l’endroit où cela se règle.
