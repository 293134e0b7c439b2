# Nombres et unités, durées, dates. Entre un nombre et son unité, une espace insécable.
per-hour = { $amount }/h
gigabytes = { $number } Go
span-days = { $n } j
span-hours = { $n } h
span-minutes = { $n } min
span-seconds = { $n } s
# Après « environ », « dans », « il y a » : un autre cas en arabe, le même ici.
span-days-oblique = { $n } j
span-hours-oblique = { $n } h
span-minutes-oblique = { $n } min
span-seconds-oblique = { $n } s
span-join = { $first } { $second }
span-about = environ { $span }
span-under-a-minute = moins d’une minute
ago = il y a { $span }
ago-now = à l’instant
ahead = dans { $span }
moment = { $day }, { $time }
date-long = { $day ->
    [1] 1er { $month } { $year }
   *[2] { $day } { $month } { $year }
}
date-short = { $day ->
    [1] 1er { $month }
   *[2] { $day } { $month }
}
date-month = { $month } { $year }
month-name = { $n ->
    [1] janvier
    [2] février
    [3] mars
    [4] avril
    [5] mai
    [6] juin
    [7] juillet
    [8] août
    [9] septembre
    [10] octobre
    [11] novembre
   *[12] décembre
}
month-short = { $n ->
    [1] janv.
    [2] févr.
    [3] mars
    [4] avr.
    [5] mai
    [6] juin
    [7] juil.
    [8] août
    [9] sept.
    [10] oct.
    [11] nov.
   *[12] déc.
}
span-hours-brief = { $n } h
