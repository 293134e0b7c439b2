# L’équipe du hub.
staff-role = { $word ->
    [operator] Opérateur
    [incubator] Incubateur
    [finance] Finance
    [auditor] Auditeur
   *[other] ? { $word }
}
