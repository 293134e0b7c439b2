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
invite = Invite
invite-title = Invite somebody
invite-beneath = They get a letter and join { $organisation } with it.
invite-email-hint = They join with this address and no other.
invite-send = Send the invitation
invited = { $email } is invited
invited-means = The letter works once, within { $n } hours.
invited-again = A new letter goes to { $email }
invitations = Invitations without an answer
invitation-to = Invited
invitation-by = by { $name }
invitation-state = Until
invitation-open = open
invitation-expired = expired
invitation-acts = What to do with it
invitation-resend = Send again
invitation-revoke = Take back
invitation-revoked = The invitation of { $email } is taken back
invitation-revoked-means = Its letter no longer works.
invitation-title = Join { $organisation }
invitation-beneath = { $by } invites you, as { $role }.
invitation-as = You join as { $email }.
invitation-accept = Join
invitation-other = The invitation was sent to { $email }, and you are signed in as { $reader }. Sign out, then open the link in the letter again.
invitation-known = { $email } signs in here already. Sign in, and you come back to this page.
invitation-new = Your account will be { $email }.
invitation-register = Make the account and join
invitation-spent = This invitation no longer works
invitation-spent-means = It was used, taken back, or is too old. Ask whoever invited you for another.
joined = Welcome to { $organisation }
joined-means = Your role is { $role }. What it may do stands under Members.
person-name = Your name
member-change = Change the role
role-changed = The role is now { $role }
role-changed-means = It holds from the next click on, in every open window.
member-remove = Remove
member-remove-means = { $name } loses sight of everything here within a second. What they launched goes on running and stays yours.
member-removed = The member is removed
member-removed-means = To let them back in, invite them again.
ownership-transfer = Hand over the organisation
ownership-transfer-means = { $name } becomes the owner and you become an admin. Only they can give it back.
ownership-transferred = The organisation is handed over
ownership-transferred-means = You are an admin now.
leave = Leave
leave-means = You lose sight of { $organisation } at once. To come back you need an invitation.
left = You have left { $organisation }
found = Open an organisation
found-title = Open an organisation
found-beneath = It holds your instances, its members and its money. You own it and can invite others.
found-name = Name
found-legal-name = Legal name
found-legal-name-hint = As it is to stand on invoices. A person alone writes their own name.
found-address = Address
found-currency = Currency
found-currency-hint = What it pays in. This cannot change later.
found-business = It buys as a business
found-it = Open it
founded = { $organisation } is open
founded-means = Its wallet is empty: the hub’s incubator grants credits, and your first instance can start then.
country = { $code ->
    [MA] Morocco
    [DZ] Algeria
    [AT] Austria
    [BH] Bahrain
    [BE] Belgium
    [BJ] Benin
    [BF] Burkina Faso
    [CM] Cameroon
    [CA] Canada
    [CI] Côte d’Ivoire
    [CZ] Czechia
    [DK] Denmark
    [EG] Egypt
    [FI] Finland
    [FR] France
    [GA] Gabon
    [DE] Germany
    [GH] Ghana
    [GR] Greece
    [GN] Guinea
    [IN] India
    [IE] Ireland
    [IT] Italy
    [JO] Jordan
    [KE] Kenya
    [KW] Kuwait
    [LB] Lebanon
    [LU] Luxembourg
    [ML] Mali
    [MR] Mauritania
    [NL] Netherlands
    [NE] Niger
    [NG] Nigeria
    [NO] Norway
    [OM] Oman
    [PL] Poland
    [PT] Portugal
    [QA] Qatar
    [RO] Romania
    [RW] Rwanda
    [SA] Saudi Arabia
    [SN] Senegal
    [ZA] South Africa
    [ES] Spain
    [SE] Sweden
    [CH] Switzerland
    [TG] Togo
    [TN] Tunisia
    [TR] Türkiye
    [AE] United Arab Emirates
    [GB] United Kingdom
    [US] United States
   *[other] { $code }
}
domain = Domain
domain-none-means = Name the domain of your addresses: whoever signs in with one of them then joins by themselves.
domain-claim = Name a domain
domain-beneath = Whoever signs in with an address at exactly this domain becomes a member of { $organisation } by themselves.
domain-name-hint = What stands after the @, as atlas.example. Domains beneath it do not count.
domain-provider = They sign in with
domain-role = They join as
domain-send = Ask the hub
domain-claimed = The hub is asked about { $domain }
domain-claimed-means = Publish the record that stands under Domain. Nobody comes in by it before the hub has seen the record.
domain-waits = waits for the hub
domain-confirmed = confirmed
domain-record = Publish this TXT record in the name service of { $domain }. The hub looks for it and confirms.
domain-record-label = TXT record
domain-means = Whoever signs in with an address at it joins by themselves. Who was removed or left comes back only by invitation.
domain-remove = Take the domain back
domain-remove-means = Nobody comes in by { $domain } any more. Who is a member stays.
domain-removed = { $domain } lets nobody in any more
domain-removed-means = Who came in by it stays a member until you remove them.
domain-no-provider = The hub offers no sign-in by a provider that vouches for addresses.
