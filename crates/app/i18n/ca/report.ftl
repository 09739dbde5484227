# L’informe: títols, taules, gràfics. Els noms dels segments són a segments.ftl, les definicions a methods.ftl.

report-title = Informe de clients
report-subtitle = Al final del dia { $day } · { $zone }
skip = Ves a l’informe
contents = Contingut
show-table = Mostra-ho en una taula
footer = Fet per Dolka a partir dels vostres fitxers. Aquesta pàgina no ha enviat res enlloc.

customers = { PLURAL($count) ->
    [one] { $count } client
    [many] { $count } de clients
   *[other] { $count } clients
}
orders = { PLURAL($count) ->
    [one] { $count } comanda
    [many] { $count } de comandes
   *[other] { $count } comandes
}
days = { PLURAL($count) ->
    [one] { $count } dia
    [many] { $count } de dies
   *[other] { $count } dies
}

# Columnes de les taules
month = Mes
column-all = Total
column-age = Mes de vida
column-anonymous = Sense client
column-asleep = Dormen
column-average = Comanda mitjana
column-best-customers = Millors clients
column-cap = Es pot gastar per guanyar-ne un
column-code = Codi
column-cohort = Primera comanda
column-customers = Clients
column-file = Fitxer
column-imported = Importades
column-kind = Mena
column-ltv-share = Part de tot el valor de vida
column-measure = Mesura
column-median-ltv = Valor de vida medià
column-name = Nom
column-of-customers = Part dels clients
column-of-revenue = Part dels ingressos
column-orders = Comandes
column-quantity = Unitats
column-reason = Motiu
column-recency = Dies des de l’última comanda
column-rejected = Rebutjades
column-replaced = Comandes substituïdes
column-revenue = Ingressos
column-rows = Files
column-segment = Segment
column-set-aside = Apartades
column-stage = Etapa
column-tier = Nivell
column-unchanged = Sense canvis

# Xifres principals
summary-title = D’un cop d’ull
figure-revenue = Ingressos
figure-revenue-hint = restant-ne les devolucions; el { $share } no té client conegut
figure-revenue-hint-all = restant-ne les devolucions
figure-orders = Comandes
figure-orders-hint = { PLURAL($count) ->
    [one] i { $count } devolució
    [many] i { $count } de devolucions
   *[other] i { $count } devolucions
}
figure-average = Comanda mitjana
figure-average-hint = ingressos dividits per comandes
figure-buyers = Clients amb comandes
figure-buyers-hint = { PLURAL($count) ->
    [one] i { $count } client sense cap comanda
    [many] i { $count } de clients sense cap comanda
   *[other] i { $count } clients sense cap comanda
}
figure-repeat = Tornen a comprar
figure-repeat-hint = { PLURAL($count) ->
    [one] { $count } client ha fet dues comandes o més
    [many] { $count } de clients han fet dues comandes o més
   *[other] { $count } clients han fet dues comandes o més
}
figure-period = Període
figure-period-hint = { $first } – { $last }
figure-period-none = encara no hi ha comandes

notes-title = Llegiu aquestes xifres amb cura
note-few-buyers = { PLURAL($count) ->
    [one] Només ha comprat { $count } client. Amb menys de 100 compradors, els límits entre segments volen dir poc: mireu les persones, no les lletres.
    [many] Només han comprat { $count } de clients. Amb menys de 100 compradors, els límits entre segments volen dir poc: mireu les persones, no les lletres.
   *[other] Només han comprat { $count } clients. Amb menys de 100 compradors, els límits entre segments volen dir poc: mireu les persones, no les lletres.
}
note-short-history = { PLURAL($count) ->
    [one] Els fitxers només cobreixen { $count } dia. Amb menys de 90 dies és massa aviat per saber qui ha marxat i qui és entre dues compres.
    [many] Els fitxers només cobreixen { $count } de dies. Amb menys de 90 dies és massa aviat per saber qui ha marxat i qui és entre dues compres.
   *[other] Els fitxers només cobreixen { $count } dies. Amb menys de 90 dies és massa aviat per saber qui ha marxat i qui és entre dues compres.
}
note-empty-group = { $measure }: hi ha tants clients amb el mateix valor que el grup { $group } queda buit. Els valors iguals reben sempre la mateixa lletra.
note-xyz-one-letter = El { $share } dels clients que es poden classificar són { $letter }, de manera que XYZ gairebé no els distingeix. Els trimestres com a períodes, o uns límits més amples (25 i 50 %), diuen més.
note-xyz-one-letter-other = El { $share } dels clients que es poden classificar són { $letter }, de manera que XYZ gairebé no els distingeix. Uns altres límits o uns altres períodes poden dir més.
note-anonymous-revenue = El { $share } dels ingressos no té client. Compta en els totals i no és a cap segment.
note-no-costs = Els fitxers no porten costos, de manera que el valor de vida es compta sobre ingressos i no sobre marge.
note-costs-partly = Només es coneixen els costos del { $share } dels ingressos, de manera que el valor de vida es compta sobre ingressos i no sobre marge.
note-no-cycle = Encara ningú no ha comprat en dos dies diferents: no hi ha cicle de repetició i no es pot dir que ningú dormi.
note-no-whole-period = Des de la primera comanda encara no ha acabat cap període sencer (un mes, si no se n’ha indicat un altre), de manera que no es pot calcular ABC–XYZ.
note-many-rejected = S’ha rebutjat el { $share } de les files. Mireu-ne els motius al final i corregiu el fitxer abans de refiar-vos dels totals.

months-title = Ingressos per mes
months-summary = El millor mes: { $month }, { $revenue }.
months-partial = Amb ratlles: el mes no ha acabat.
months-column = { $month }: { $revenue }, { $orders }
months-caption = Ingressos nets i comandes de cada mes; * el mes no ha acabat

# Què cal fer primer
first-title = Què cal fer primer
first-intro = On un missatge o una trucada rendeix més, segons els diners en joc: el que aquests clients han aportat fins ara i poden deixar d’aportar.
first-stake = en joc
first-reason = { $customers }; la meitat callen des de fa { $days } o més. Una comanda habitual de cadascun aportaria { $sum }.
first-keep = Cuideu els millors
first-keep-stake = depenen d’ells
first-keep-reason = Campions i fidels: { $customers }, el { $part } de tots els compradors, aporten el { $share } dels ingressos.
first-left-out = Què cal fer primer: calen els segments RFM de clients amb comandes.

# RFM
rfm-title = Segments RFM
rfm-intro = Cada client segons si ha comprat fa poc (R), si ho fa sovint (F) i quant hi gasta (M).
rfm-window = { PLURAL($count) ->
    [one] Només compta l’últim dia.
    [many] Només compten els últims { $count } de dies.
   *[other] Només compten els últims { $count } dies.
}
rfm-window-all = Compta tota la història.
rfm-left-out = Segments RFM: no hi ha comandes de clients coneguts.
rfm-legend = En RFM, A és el pitjor i C el millor: CCC ha comprat fa poc, sovint i molt; AAA fa molt, poques vegades i poc. (En ABC és al revés: A és el millor.)
rfm-legend-digits = En RFM, 1 és el pitjor grup i { $count } el millor. (En ABC és al revés: A és el millor.)
rfm-r-1 = fa molt
rfm-r-2 = fa un temps
rfm-r-3 = fa poc
rfm-f-1 = poques vegades
rfm-f-2 = més d’un cop
rfm-f-3 = sovint
treemap-title = Qui són els vostres clients
treemap-summary = Com més gran és el requadre, més clients hi ha. El segment més gran és «{ $name }»: { $customers }.
aim-keep = conservar
aim-grow = portar a la compra següent
aim-wake = despertar abans que marxin
aim-win = recuperar
aim-rest = deixar tranquils
segments-title = Els segments, un per un
segments-caption = Segments amb la seva part dels clients i dels ingressos
matrix-title = Totes les cel·les RFM
matrix-caption = Clients de cada cel·la i la seva part dels ingressos. Com més fosca és la cel·la (en mode fosc, com més clara), més clients hi ha.
cuts-title = On són els límits
cuts-caption = Què vol dir aquí cada lletra, amb valors que hi surten
group-worst = pitjor
group-best = millor
measure-recency = R, última comanda
measure-frequency = F, nombre de comandes
measure-money = M, total gastat
measure-average-order = M, comanda mitjana
cut-empty = ningú
cut-recency-exact = { PLURAL($count) ->
    [one] fa { $count } dia
    [many] fa { $count } de dies
   *[other] fa { $count } dies
}
cut-recency-best = { PLURAL($count) ->
    [one] fa { $count } dia o menys
    [many] fa { $count } de dies o menys
   *[other] fa { $count } dies o menys
}
cut-recency-middle = { PLURAL($count) ->
    [one] fa entre { $from } i { $count } dia
    [many] fa entre { $from } i { $count } de dies
   *[other] fa entre { $from } i { $count } dies
}
cut-recency-worst = { PLURAL($count) ->
    [one] fa { $count } dia o més
    [many] fa { $count } de dies o més
   *[other] fa { $count } dies o més
}
cut-frequency-exact = { PLURAL($count) ->
    [one] { $count } comanda
    [many] { $count } de comandes
   *[other] { $count } comandes
}
cut-frequency-best = { PLURAL($count) ->
    [one] { $count } comanda o més
    [many] { $count } de comandes o més
   *[other] { $count } comandes o més
}
cut-frequency-middle = { PLURAL($count) ->
    [one] de { $from } a { $count } comanda
    [many] de { $from } a { $count } de comandes
   *[other] de { $from } a { $count } comandes
}
cut-frequency-worst = { PLURAL($count) ->
    [one] { $count } comanda o menys
    [many] { $count } de comandes o menys
   *[other] { $count } comandes o menys
}
cut-money-exact = { $from }
cut-money-best = { $from } o més
cut-money-middle = de { $from } a { $to }
cut-money-worst = { $to } o menys

# ABC–XYZ
abc-xyz-title = ABC–XYZ
abc-xyz-intro = ABC diu qui aporta els diners; XYZ, amb quina regularitat.
abc-xyz-window = Període: { $first } – { $last }, { $period ->
    [week] només setmanes senceres.
    [quarter] només trimestres sencers.
   *[month] només mesos sencers.
}
abc-xyz-left-out = ABC–XYZ: calen ingressos de clients coneguts en almenys un període sencer (un mes, si no se n’ha indicat un altre).
abc-xyz-matrix-title = Diners i regularitat
abc-xyz-legend = Aquí A és el millor (en RFM és el pitjor). X compra amb regularitat, Z a l’atzar; N és massa nou per dir-ho.
abc-xyz-caption = Clients de cada cel·la i la seva part dels ingressos; el color segueix els ingressos
abc-A = la major part dels diners
abc-B = el mig
abc-C = la resta
xyz-X = regular (fins al { $limit })
xyz-Y = variable (fins al { $limit })
xyz-Z = a l’atzar (més del { $limit })
xyz-N = massa nous
abc-xyz-AX = Grans i regulars: acordeu condicions individuals i que mai no els falti gènere.
abc-xyz-AZ = Grans i a l’atzar: truqueu-los abans de la temporada i de les festes; esbrineu què els fa comprar.
abc-xyz-BX = El mig regular: feu-los ofertes individuals que facin créixer la comanda.
abc-xyz-CZ = Petits i escassos: només butlletins de temporada, sense temps personal.
pareto-title = Quant depèn dels millors clients
pareto-summary = El { $part } dels clients ({ $customers }) aporta el { $share } dels ingressos.
pareto-axis = clients, primer els millors
pareto-caption = Els millors clients i la seva part dels ingressos

# Valor de vida
ltv-title = Valor de vida del client
ltv-intro-revenue = El que aporta un client en una vida de { $months } mesos, en ingressos. Per guanyar un client no gasteu més d’un terç d’aquest valor.
ltv-intro-margin = El que aporta un client en una vida de { $months } mesos, en marge. Per guanyar un client no gasteu més d’un terç d’aquest valor.
ltv-intro-predicted-revenue = El que s’espera que aporti un client en els propers 12 mesos, en ingressos. Per guanyar un client no gasteu més d’un terç d’aquest valor.
ltv-intro-predicted-margin = El que s’espera que aporti un client en els propers 12 mesos, en marge. Per guanyar un client no gasteu més d’un terç d’aquest valor.
ltv-provisional = { PLURAL($count) ->
    [one] Per a { $count } client en els primers 30 dies és només una primera estimació.
    [many] Per a { $count } de clients en els seus primers 30 dies és només una primera estimació.
   *[other] Per a { $count } clients en els seus primers 30 dies és només una primera estimació.
}
ltv-left-out = Valor de vida: no hi ha comandes de clients coneguts.
ltv-caption = Nivells segons el valor de vida

# Etapes
stages-title = Etapes de compra
stages-intro = { PLURAL($count) ->
    [one] Els clients solen tornar al cap de { $count } dia. Qui calla més temps del seu ritme habitual, dorm. El camí: una sola compra → tornen → habituals.
    [many] Els clients solen tornar al cap d’uns { $count } de dies. Qui calla més temps del seu ritme habitual, dorm. El camí: una sola compra → tornen → habituals.
   *[other] Els clients solen tornar al cap d’uns { $count } dies. Qui calla més temps del seu ritme habitual, dorm. El camí: una sola compra → tornen → habituals.
}
stages-intro-unknown = Encara ningú no ha comprat en dos dies diferents: no se sap quant de temps passa entre compres. El camí: una sola compra → tornen → habituals.
stages-left-out = Etapes de compra: no hi ha clients.
stages-caption = Clients per etapa
stages-awake = desperts
stages-asleep = dormen

# Volum
volume-title = Detall i engròs
volume-intro = Clients segons quant solen endur-se en una comanda.
volume-left-out = Detall i engròs: no hi ha comandes de clients coneguts.
volume-caption = Clients segons la mida de la comanda habitual

# Cohorts
cohorts-title = Tornen?
cohorts-intro = Cada fila són tots els que van fer la primera comanda aquell mes; cada columna, un mes de la seva vida com a clients.
cohorts-summary = El { $share } torna a comprar el mes després del primer.
cohorts-cut = { PLURAL($count) ->
    [one] Es mostra l’últim mes.
    [many] Es mostren els últims { $count } de mesos.
   *[other] Es mostren els últims { $count } mesos.
}
cohorts-left-out = Tornen: no hi ha comandes de clients coneguts.
cohorts-caption = Part dels clients nous de cada mes que fan una comanda en cada mes posterior
cohorts-partial = (* el mes no ha acabat)
cohorts-show-money = Mostra els diners
cohorts-money-caption = Ingressos dels clients nous de cada mes en cada mes de la seva vida

# Productes
goods-title = Què compren
goods-left-out = Què compren: els fitxers no anomenen ni productes ni categories.
goods-categories = Categories
goods-categories-caption = Les categories amb més ingressos; barres respecte de la primera
goods-products = Productes
goods-products-caption = Els productes amb més ingressos; barres respecte del primer

left-out-title = El que no hi ha en aquest informe
