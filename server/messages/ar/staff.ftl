# فريق المركز.
staff-role = { $word ->
    [operator] مشغّل
    [incubator] حاضنة
    [finance] مالية
    [auditor] مدقق
   *[other] ? { $word }
}
