# Què ha canviat entre dos dies.

changes-title = Què ha canviat
changes-intro = Cada barra és un segment en un dia: a l’esquerra llavors, a la dreta ara. Cada banda són els clients que han passat d’un segment a un altre, més gruixuda com més en són.
changes-left-out = Què ha canviat: la història és massa curta per mirar enrere.
changes-rfm-title = RFM abans i ara
changes-stages-title = Etapes de compra abans i ara
changes-summary = De { $before } que es coneixien llavors, { $changed } ({ $share }) són ara en un altre segment.
changes-came = { PLURAL($count) ->
    [one] Des de llavors ha arribat { $count } client.
    [many] Des de llavors han arribat { $count } de clients.
   *[other] Des de llavors han arribat { $count } clients.
}
changes-ribbon = { $from } → { $to }: { $customers }, { $row } dels que hi eren, { $start } de tots llavors
changes-caption = Qui ha anat on: part dels que hi eren i de tots els que es coneixien llavors
changes-counted-title = Moviments que compten
changes-counted-caption = Qui podia fer el moviment, qui l’ha fet i quina part és, amb l’interval del 95 %
changes-wanted = desitjat
changes-unwanted = a evitar
column-were-in = Eren a
column-are-in = Són a
column-of-row = Dels que hi eren
column-of-start = De tots llavors
column-move = Moviment
column-could = Podien
column-did = Ho han fet
segment-not-yet-known = Encara desconeguts

move-bought_again = Nous: han tornat a comprar
move-became_loyal = En creixement: ja són fidels
move-became_champions = Fidels: ja són campions
move-woken = Refredats: despertats
move-won_back = Perduts: recuperats
move-cooled = Recents: refredats o perduts
move-lost = Refredats: perduts
move-first_purchase = No havien comprat: primera compra
move-second_purchase = D’una sola compra: han tornat
move-became_regular = Que tornen: ja són habituals
move-woke_up = Adormits: despertats
move-fell_asleep = Desperts: s’han adormit
move-no_longer_regular = Habituals: ja no ho són

# cohorts
cohorts-show-value = Mostra el valor d’un client per edat
cohorts-value-caption = Ingressos fins a cada mes de vida per cada client nou del mes, comptant els que han marxat
