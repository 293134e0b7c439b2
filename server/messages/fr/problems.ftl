# Un refus : ce qui s’est passé, et la suite.
problem = { $word ->
    [malformed] Nous n’avons pas pu lire cette requête.
    [unauthenticated] Vous n’êtes pas connecté.
    [wrong_password] L’adresse ou le mot de passe est incorrect.
    [factor_needed] Le mot de passe est juste ; un second facteur est demandé en plus.
    [wrong_factor] Le code ou la clé d’accès n’est pas le bon, ou a déjà servi.
    [forbidden] Vous pouvez voir ceci, mais pas le faire.
    [not_found] Cette page n’existe pas ou ne vous est pas accessible.
    [conflict] Quelque chose a changé entre-temps.
    [idempotency_conflict] Ce formulaire a déjà été envoyé avec un autre contenu.
    [quota_exceeded] Cela dépasse votre quota.
    [insufficient_credit] Le solde ne couvre pas le démarrage.
    [budget_exceeded] Le budget laisse trop peu pour le démarrage.
    [payment_overdue] Ce qui était dû depuis longtemps n’est pas payé.
    [not_for_sale] Ce GPU n’a pas de tarif pour le moment.
    [name_taken] Ce nom est déjà pris.
    [precondition_failed] Cette page montrait une version plus ancienne.
    [invalid] Un champ contient une valeur impossible.
    [too_many_requests] Trop de requêtes à la fois.
    [internal] Une erreur s’est produite de notre côté.
    [unavailable] Un de nos services ne répond pas pour l’instant.
   *[other] ? { $word }
}
problem-next = { $word ->
    [malformed] Revenez en arrière, rechargez la page et réessayez.
    [unauthenticated] Connectez-vous : vous reviendrez ici.
    [wrong_password] Vérifiez les deux et réessayez.
    [factor_needed] Envoyez avec lui le code de votre application, ou un code de secours.
    [wrong_factor] Attendez le code suivant, ou utilisez un code de secours.
    [forbidden] Un propriétaire ou un administrateur de l’organisation peut vous donner l’autorisation.
    [not_found] Vérifiez l’adresse, ou demandez une invitation à qui vous l’a envoyée.
    [conflict] Rechargez pour voir où en sont les choses, puis réessayez.
    [idempotency_conflict] Rechargez la page pour obtenir un nouveau formulaire.
    [quota_exceeded] Arrêtez une instance, choisissez moins de GPU ou demandez au hub un quota plus élevé.
    [insufficient_credit] Rechargez le portefeuille ou choisissez plus petit.
    [budget_exceeded] Faites relever son plafond ou choisissez plus petit.
    [payment_overdue] Payez depuis le portefeuille : les démarrages redeviennent possibles aussitôt.
    [not_for_sale] Choisissez un autre GPU. Le hub doit fixer un tarif avant tout lancement.
    [name_taken] Choisissez un autre nom.
    [precondition_failed] Rechargez pour voir la version actuelle, puis décidez à nouveau.
    [invalid] Le champ indique ce qu’il attend.
    [too_many_requests] Patientez une minute, puis réessayez.
    [internal] L’erreur est enregistrée. Réessayez ; si elle persiste, donnez-nous le numéro de requête.
    [unavailable] Rien n’est perdu. Réessayez dans quelques secondes.
   *[other] ? { $word }
}
