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
