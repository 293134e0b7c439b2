# Numbers with units, lengths of time, dates. Between a number and its unit stands a no-break space.
per-hour = { $amount }/h
gigabytes = { $number } GB
span-days = { $n } d
span-hours = { $n } h
span-minutes = { $n } min
span-seconds = { $n } s
# After "about", "in", "before": another case in Arabic, the same here.
span-days-oblique = { $n } d
span-hours-oblique = { $n } h
span-minutes-oblique = { $n } min
span-seconds-oblique = { $n } s
span-join = { $first } { $second }
span-about = about { $span }
span-under-a-minute = under a minute
ago = { $span } ago
ago-now = just now
ahead = in { $span }
moment = { $day }, { $time }
date-long = { $day } { $month } { $year }
date-short = { $day } { $month }
date-month = { $month } { $year }
month-name = { $n ->
    [1] January
    [2] February
    [3] March
    [4] April
    [5] May
    [6] June
    [7] July
    [8] August
    [9] September
    [10] October
    [11] November
   *[12] December
}
month-short = { $n ->
    [1] Jan
    [2] Feb
    [3] Mar
    [4] Apr
    [5] May
    [6] Jun
    [7] Jul
    [8] Aug
    [9] Sep
    [10] Oct
    [11] Nov
   *[12] Dec
}
span-hours-brief = { $n } h
