# L’échelle des impayés : ce qui arrive quand rien n’est payé, ses lettres, et le bureau de la finance.
dunning-title = Quand quelque chose n’est pas payé
dunning-beneath = Ce qui arrive si ce qui est dû reste impayé, et quand. Les étapes sont les mêmes pour tous, et un paiement y met fin aussitôt.
dunning-steps = Les étapes
dunning-step = { $word ->
    [first_letter] Un rappel
    [second_letter] Une deuxième lettre
    [last_letter] La dernière lettre
    [refused] Plus rien ne démarre
    [stopped] Ce qui tourne est arrêté
   *[other] ?{ $word }
}
dunning-step-means = { $word ->
    [first_letter] C’est peut-être un oubli : une lettre dit ce qui reste ouvert et comment le payer.
    [second_letter] Une lettre dit quand les démarrages seront refusés.
    [last_letter] Une lettre dit le jour à partir duquel plus rien ne démarre.
    [refused] Les démarrages sont refusés. Ce qui tourne continue, et une lettre dit le jour où il sera arrêté.
    [stopped] Toutes les instances sont arrêtées. Les volumes sont conservés, et tout redémarre une fois payé.
   *[other] ?{ $word }
}
dunning-after = { $days ->
    [one] Un jour après l’échéance.
   *[other] { $days } jours après l’échéance.
}
dunning-done = Fait
dunning-done-on = Fait le { $at }.
dunning-will = Le { $at }, si rien n’est payé d’ici là.
dunning-due = Quand quelque chose est dû
dunning-due-means = Sur compte, une facture est due le jour qui y figure. Ce que l’usage a coûté au-delà d’un solde prépayé est dû le jour où il a été comptabilisé. L’argent qui arrive paie d’abord la part la plus ancienne.
dunning-how = Comment payer
dunning-how-means = Par virement ou par carte, depuis le portefeuille. Un virement met fin aux étapes dès qu’il nous est parvenu ; une carte, aussitôt. Vous ne pouvez pas payer à temps ? Écrivez à la finance du hub avant la prochaine étape : elle peut suspendre les étapes jusqu’à un jour que vous indiquez.
dunning-overdue = { $amount } en retard de paiement
dunning-overdue-since = La part la plus ancienne était due le { $day }.
dunning-refused-now = Plus rien ne démarre avant le paiement.
dunning-next = { $step ->
    [first_letter] Un rappel suivra le { $at }.
    [second_letter] Une deuxième lettre suivra le { $at }.
    [last_letter] La dernière lettre suivra le { $at }.
    [refused] À partir du { $at }, plus rien ne démarre.
    [stopped] Le { $at }, ce qui tourne sera arrêté.
   *[other] ?{ $step } { $at }
}
dunning-rests = La finance du hub suspend les étapes jusqu’au { $at }.
dunning-nothing = Rien n’est en retard
dunning-nothing-means = Les jours ci-dessous se compteraient depuis le jour où quelque chose était dû.
dunning-see = Ce qui arrive quand quelque chose n’est pas payé
refusal-payment-overdue = { $owed } en retard de paiement : plus rien ne démarre.
refusal-payment-overdue-next = Payez depuis le portefeuille : les démarrages redeviennent possibles dès que l’argent est là.
refusal-pause-too-long = Les étapes se suspendent 90 jours au plus.
refusal-pause-too-long-next = Choisissez un jour plus proche.
refusal-nothing-overdue = Rien n’est en retard pour cette organisation.
refusal-nothing-overdue-next = Il n’y a rien à suspendre. Rechargez la page : elle vient peut-être de payer.
refusal-dunning-not-paused = Les étapes de cette organisation ne sont pas suspendues.
refusal-dunning-not-paused-next = Rechargez la page : la suspension a peut-être pris fin.
verdict-payment_overdue = { $owed } en retard de paiement : plus rien ne démarre avant le paiement.
letter-dunning = { $step ->
    [first_letter] { $organisation } : { $amount } reste à payer
    [second_letter] { $organisation } : { $amount } reste toujours à payer
    [last_letter] { $organisation } : payez { $amount } avant que les démarrages soient refusés
    [refused] { $organisation } : plus rien ne démarre avant le paiement de { $amount }
   *[stopped] { $organisation } : ce qui tournait est arrêté, { $amount } reste impayé
}
letter-dunning-owed = { $step ->
    [first_letter] { $amount } était dû le { $due } et ne nous est pas parvenu. C’est peut-être un oubli, ou votre virement est en route : cette lettre est alors sans objet.
    [second_letter] { $amount } est dû depuis le { $due }, et nous vous l’avons déjà écrit.
    [last_letter] { $amount } est dû depuis le { $due }. C’est la dernière lettre avant tout refus.
    [refused] { $amount } est dû depuis le { $due }. À partir de maintenant, plus rien ne démarre. Ce qui tourne continue pour l’instant.
   *[stopped] { $amount } est dû depuis le { $due }. Aujourd’hui, ce qui tournait encore a été arrêté, comme nous l’avions écrit.
}
letter-dunning-invoices = Impayé : { $invoices }.
letter-dunning-usage = C’est de l’usage au-delà du solde de votre portefeuille.
letter-dunning-pay = Payez par virement ou par carte depuis le portefeuille ; la page indique la référence qu’un virement doit porter. Dès que l’argent est là, tout cela prend fin de soi-même.
letter-dunning-next = { $step ->
    [first_letter] Si rien n’arrive, nous vous écrirons de nouveau le { $next }.
    [second_letter] Si rien n’arrive, une dernière lettre suivra le { $next } ; ensuite, les démarrages seront refusés.
    [last_letter] Si rien n’arrive, plus rien ne démarrera à partir du { $next }. Vous ne pouvez pas payer d’ici là ? Écrivez-nous avant.
    [refused] Si rien n’arrive, tout ce qui tourne sera arrêté le { $next }. Vous ne pouvez pas payer d’ici là ? Écrivez-nous avant.
   *[stopped] Les volumes sont conservés. Payez, puis redémarrez. Vous ne pouvez pas payer ? Écrivez-nous.
}
letter-dunning-stopped = { $stopped ->
    [one] Une instance a été arrêtée : { $names }.
   *[other] { $stopped } instances ont été arrêtées : { $names }.
}
letter-dunning-way = Payer depuis le portefeuille
staff-dunning = Impayés
staff-dunning-beneath = Qui n’a pas payé ce qui était dû, le plus ancien d’abord, et où chacun en est des étapes publiées.
staff-dunning-none = Rien n’est en retard
staff-dunning-none-next = Qui ne paie pas à temps figure ici le lendemain.
staff-dunning-due = Dû le
staff-dunning-step = Dernière étape
staff-dunning-no-step = aucune encore
staff-dunning-next = Prochain examen
staff-dunning-case = Impayé : { $name }
staff-dunning-rests = suspendu jusqu’au { $at }
staff-dunning-rest = Suspendre les étapes
staff-dunning-rest-means = Quelqu’un a promis de payer. Jusqu’au jour que vous indiquez, aucune étape n’a lieu et aucun démarrage n’est refusé à cause de cette dette ; puis les étapes reprennent où elles en sont. Ce qui avait été arrêté l’est de nouveau.
staff-dunning-until = Elles reprennent le
staff-dunning-until-hint = À neuf heures du matin ; dans les 90 jours.
staff-dunning-hint = Qui a promis quoi, et pour quand. Cela figure dans l’audit de l’organisation.
staff-dunning-rested = Les étapes de { $name } sont suspendues jusqu’au { $at }
staff-dunning-go-on = Les reprendre maintenant
staff-dunning-go-on-means = Le prochain examen a lieu aussitôt, et une étape dont le jour est venu est accomplie avec lui.
staff-dunning-going = Les étapes de { $name } reprennent
staff-dunning-why = Pourquoi elles sont suspendues
staff-dunning-by = Qui les a suspendues
staff-dunning-forbidden = Seule la finance suspend les étapes d’une dette.
