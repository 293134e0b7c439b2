# What can be launched, and the verdict.
verdict-now = Starts now
verdict-waits = Waits
verdict-cannot = Cannot start
free-of = { $free } of { $all } free
