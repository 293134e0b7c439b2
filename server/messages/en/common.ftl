# The shell, the ways through the product, and words that every screen shares.
product = Tamuda
product-tagline = GPUs in minutes. No surprises after.
simulated = simulated
simulated-means = This installation runs on a simulated cluster. No GPU is real, and no money either.

skip-to-content = Skip to content
nav-main = Main
nav-open = Open navigation
nav-breadcrumb = Breadcrumb
nav-overview = Overview
nav-build = Build
nav-launch = Launch
nav-instances = Instances
nav-money = Money
nav-usage = Usage
nav-wallet = Wallet
nav-invoices = Invoices
nav-organisation = Organisation
nav-members = Members
nav-sessions = Sessions
nav-hub = Hub
nav-hall = Hall
nav-nodes = Nodes and GPUs
nav-waiting = Waiting
nav-tenants = Tenants
nav-organisations = Organisations
nav-quotas = Quotas
nav-grants = Grants
nav-finance = Finance
nav-prices = Prices
nav-billing = Billing
nav-audit = Audit
nav-sign-out = Sign out
nav-sign-in = Sign in
nav-api = API

switch-organisation = Switch organisation
staff-area = Hub staff
language = Language
theme = Theme
theme-system = As the device
theme-light = Light
theme-dark = Dark
account = Account

save = Save
cancel = Cancel
confirm = Confirm
undo = Undo
open = Open
copy = Copy
filter = Filter
all = All
newer = Newer
older = Older
more = More
yes = Yes
no = No
unknown = unknown
none = none
not-measurable = not measurable
updated = Updated { $ago }
as-table = As a table
table-region = Table, scroll sideways
form-has-errors = { $n ->
    [one] One field needs another look.
   *[other] { $n } fields need another look.
}
field-optional = optional
confirm-by-typing = Type { $name } to confirm
confirm-mismatch = That is not the name. Type { $name } exactly.
not-allowed = It takes the permission to { $permission }. It belongs to: { $who }.
request-number = Request
list-and = ,{" "}
back-home = Back to the overview
