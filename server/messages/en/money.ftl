# Balance, burn rate, grants.
balance = Balance
balance-lasts = { $about } left at { $rate }, tax included
balance-still = Nothing is spending at the moment
balance-out = Nothing left: top up to launch again
top-up = Top up
tax-included = tax included
net = net
