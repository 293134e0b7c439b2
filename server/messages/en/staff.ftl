# The hub's own people.
staff-role = { $word ->
    [operator] Operator
    [incubator] Incubator
    [finance] Finance
    [auditor] Auditor
   *[other] ? { $word }
}
