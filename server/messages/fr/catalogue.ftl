# Ce qui peut être lancé, et le verdict.
verdict-now = Démarre tout de suite
verdict-waits = Attend
verdict-cannot = Ne peut pas démarrer
free-of = { $free } libres sur { $all }
