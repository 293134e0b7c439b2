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
# Projects and budgets.
projects-beneath = Everything that is launched belongs to one. A budget is a limit that holds by itself.
project-new = New project
project-name = Name
project-name-hint = 1 to 60 characters; its word in addresses is made of it.
project-make = Make the project
project-made = { $name } is there
project-made-means = Give it a budget, and say who may launch in it.
project-beneath = What it may spend, and who may launch in it.
project-members = Who may launch here
project-members-mean = Nobody ticked means every member who may launch at all. Owners and admins always may.
project-members-save = Save
project-open = Every member who may launch may launch here
project-for = { $n ->
    [one] One member may launch here, beside owners and admins
   *[other] { $n } members may launch here, beside owners and admins
}
project-rename = Rename
project-renamed = It is called { $name } now
project-is-closed = Closed
project-closed-since = Closed since { $at }
project-closed-means = Nothing is launched here. What was used stays on your usage and invoices under its name. Opened again it is for whom it was before, without a budget.
project-open-again = Open again
project-did-open = { $name } is open again
project-did-open-means = Its budget ended when it was closed: give it another one where it needs one.
project-close = Close the project
project-close-name = Close { $name }
project-close-beneath = What ends and what stays is said before anything happens, and it can be opened again.
project-close-see = See what would happen
project-close-it = Close it
project-close-means = Nothing is launched in it any more, and its budget ends. An owner or admin can open it again at any time.
project-close-holds = { $n ->
    [one] One instance or volume of it is not deleted: { $names }. Delete it first.
   *[other] { $n } instances and volumes of it are not deleted: { $names }. Delete them first.
}
project-close-instances = See its instances
project-close-last = This is the only open project, and a launch needs one. Make another one first.
project-close-now = At once
project-close-now-means = Nothing is launched or started in it any more, whoever asks, and no deletion of an instance in it is taken back.
project-close-budget = Budget that ends
project-close-members = Members whom it is for
project-close-everybody = every member who may launch
project-close-tokens = API tokens that launch nothing any more
project-close-lots = Grants that pay nothing meanwhile
project-close-kept = What stays
project-close-kept-means = Its usage and invoices under its name, its audit, and who may launch in it, for when it is opened again.
project-did-close = { $name } is closed
project-did-close-means = It can be opened again here.
budget = Budget
budget-none = Nothing limits it but the wallet.
budget-without = no limit
budget-ceiling = Ceiling
budget-ceiling-hint = With tax. At it launches are refused, and what runs is stopped. Empty takes the budget away.
budget-alert = Letter at
budget-alert-hint = Owners, admins and whoever it limits get a letter. Empty means four fifths of the ceiling.
budget-counts = Counts
budget-window = { $word ->
    [month] each month
    [total] without an end
   *[other] ? { $word }
}
budget-save = Save the budget
budget-set = The budget is { $ceiling }
budget-set-means = There is a letter at { $alert }.
budget-removed = Nothing limits it any more but the wallet
budget-used-of = { $spent } of { $ceiling }, { $window }
budget-spent = Spent, up to the last settlement
budget-held = Set aside
budget-left = Left for launches
# API tokens.
tokens-beneath = What programs come with. Each does what it was given, ends by itself, and cannot spend more than it was told to.
tokens-none = No token yet
tokens-none-means = A token lets a program launch, stop and read here without anybody’s password.
token = Token
token-may = May
token-spent = Spent
token-used = Last used
token-never-used = never
token-acts = What to do with it
token-revoke = Revoke
token-revoked = The token is revoked
token-revoked-means = It opens nothing any more. What it launched runs on.
token-of-service = service account
token-until = until { $until }
token-of-ceiling = of { $ceiling }
token-units = { $n ->
    [one] one unit at once
   *[other] { $n } units at once
}
token-some-projects = { $n ->
    [one] one project
   *[other] { $n } projects
}
token-some-flavours = { $n ->
    [one] one GPU type
   *[other] { $n } GPU types
}
token-how = From a program
token-how-means = Keep it where secrets are kept, and send it with each request. The whole API stands under /api/docs.
token-new = New token
token-new-beneath = Give it what its program needs and nothing else.
token-what = What it may do
token-where = Where
token-how-much = How much, and how long
token-name = Name
token-name-hint = What uses it, so that you know it again.
token-whose = Whose
token-whose-hint = Yours ends with your membership. A service account belongs to the organisation.
token-own = My own, with my role
token-service = Service account: { $role }
token-projects = Projects
token-projects-hint = A token of one project sees nothing of the others, and no money.
token-every-project = Every project
token-flavours = GPUs
token-every-flavour = Every GPU
token-networks = From these addresses only
token-networks-hint = Such as 192.0.2.0/24, 2001:db8::1. Empty means from everywhere.
token-ceiling-hint = With tax. Beyond it the token launches nothing, and what it launched is stopped. One that launches needs it.
token-most-units = GPUs at once
token-most-units-hint = Empty means as many as the quota allows.
token-days = Days
token-days-hint = 1 to 365; then it opens nothing any more.
token-make = Make the token
token-made = { $name } is there
token-shown-once = Copy it now
token-shown-once-means = Nobody can show it again, we neither: only its hash is kept.
token-secret = The token
token-kept = I have kept it
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
