# Solde, rythme de dépense, subventions.
balance = Solde
balance-lasts = encore { $about } à { $rate }, TTC
balance-still = Rien ne consomme en ce moment
balance-out = Solde épuisé : rechargez pour lancer à nouveau
top-up = Recharger
tax-included = TTC
net = HT
