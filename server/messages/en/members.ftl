# Roles and members.
role = { $word ->
    [owner] Owner
    [admin] Admin
    [developer] Developer
    [billing] Billing
    [viewer] Viewer
   *[other] ? { $word }
}
role-meaning = { $word ->
    [owner] Everything, and who else may do what.
    [admin] Everything except handing over the organisation.
    [developer] Launches, stops and reads logs. Sees usage and balance.
    [billing] Sees the money and the invoices. Touches no instance.
    [viewer] Looks, changes nothing.
   *[other] ? { $word }
}
members-beneath = Who belongs to { $organisation }, and what they may do.
member = Member
member-role = Role
member-since = Since
member-you = you
roles-title = What each role may do
roles-may = May
