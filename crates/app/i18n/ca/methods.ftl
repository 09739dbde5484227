# Com es defineix cada xifra, quins eren els fitxers i per què hi ha files que no compten.

methods-title = Com es compten les xifres
methods-intro = Els mateixos fitxers i el mateix dia donen sempre les mateixes xifres.
method-as-of-term = Data de referència
method-as-of = Només compta el que va passar aquest dia o abans. Els dies es compten en el fus horari indicat a dalt.
method-revenue-term = Ingressos
method-revenue = Totes les línies de comanda, restant-ne les devolucions. Els diners sense client conegut només compten en els totals.
method-order-term = Comanda i devolució
method-order = Les línies amb un mateix número són una comanda. Una comanda amb totes les línies negatives és una devolució: rebaixa els ingressos i no és una comanda.
method-average-term = Comanda mitjana
method-average = Ingressos dividits pel nombre de comandes.
method-stake-term = Diners en joc
method-stake = El que els clients del segment han aportat fins ara. No es proposen els segments on la meitat fa més d’un any que no compra. «Una comanda habitual de cadascun» són els clients multiplicats per la comanda mitjana: la mida de l’oportunitat, no una previsió.
method-rfm-term = RFM
method-rfm = R: dies des de l’última comanda; F: nombre de comandes; M: total gastat, restant-ne les devolucions. Cada mesura es talla en grups tan iguals com es pot; els valors iguals van sempre al mateix grup.
method-rfm-average-term = RFM
method-rfm-average = R: dies des de l’última comanda; F: nombre de comandes; M: comanda mitjana. Cada mesura es talla en grups tan iguals com es pot; els valors iguals van sempre al mateix grup.
method-rfm-names-term = Noms dels segments
method-rfm-names = El nom surt de R i F; els campions són els fidels amb la millor M. Qui només té devolucions no té comandes.
method-abc-term = ABC
method-abc = Clients per ingressos, de més a menys: A fins a arribar al { $first } dels ingressos, després B fins al { $second }, la resta C.
method-xyz-term = XYZ
method-xyz = Quant varien els ingressos d’un client { $period ->
    [week] de setmana en setmana
    [quarter] de trimestre en trimestre
   *[month] de mes en mes
}: desviació estàndard dividida per la mitjana, des de la primera compra, comptant els períodes buits. X fins al { $first }, Y fins al { $second }, Z per sobre; N té menys de tres períodes.
method-ltv-term = Valor de vida del client
method-ltv = Comanda mitjana × comandes per mes × vida en mesos, sobre ingressos. La vida és el temps mitjà entre la primera i l’última comanda dels clients repetidors que ja dormen.
method-ltv-margin-term = Valor de vida del client
method-ltv-margin = Comanda mitjana × comandes per mes × vida en mesos, sobre marge. La vida és el temps mitjà entre la primera i l’última comanda dels clients repetidors que ja dormen.
method-ltv-predicted-term = Valor de vida del client
method-ltv-predicted = El valor esperat dels propers 12 mesos, sobre ingressos: un model de quan els clients compren i quan se’n van s’ajusta a tota la base, un altre diu quant valen les seves comandes, i els diners que arriben més tard compten menys.
method-ltv-predicted-margin-term = Valor de vida del client
method-ltv-predicted-margin = El valor esperat dels propers 12 mesos, sobre marge: un model de quan els clients compren i quan se’n van s’ajusta a tota la base, un altre diu quant valen les seves comandes, i els diners que arriben més tard compten menys.
method-tiers-term = Nivells i límits
method-tiers = VIP és la millor desena part dels compradors, estàndard les quatre desenes parts següents, econòmic l’altra meitat. Per guanyar un client d’un nivell es pot gastar com a màxim un terç del valor medià del nivell.
method-stages-term = Etapes
method-stages = D’una sola compra: una comanda. Habituals: quatre comandes o més en els últims 365 dies, i no dormen. Que tornen: la resta, amb dues comandes o més.
method-asleep-term = Dorm
method-asleep = Han passat més dies des de l’última comanda que un cicle de repetició: l’interval medià entre les compres del mateix client, o el de tots si en té menys de tres.
method-volume-term = Detall i engròs
method-volume = Segons la quantitat mediana d’una comanda: petit majorista des de 10 unitats, engròs des de 100. Si els fitxers no porten quantitats, segons l’import: des de 5 i des de 25 vegades la mediana.
method-cohorts-term = Tornen
method-cohorts = Clients amb una comanda aquell mes, dividits per tots els que van fer la primera comanda el mes de la fila.
method-settings = Paràmetres d’aquest informe: { $settings }. On les paraules de més amunt en difereixen, valen aquests.

sources-title = D’on surten les xifres
sources-intro = Cada fila llegida s’ha importat, rebutjat, apartat o no ha canviat.
sources-none = Les xifres surten d’una base que no anomena cap fitxer.
sources-caption = Fitxers i què se n’ha fet de les files
reasons-caption = Per què hi ha files que no compten
kind-orders = comandes
kind-customers = clients
kind-products = productes

rejected = Rebutjada
rejected-E_COLUMNS = Massa cel·les o massa poques
rejected-E_DATE = No és una data
rejected-E_ENCODING = Lletres que no es poden llegir
rejected-E_EXCEL_SCI = Un número que l’Excel ha fet malbé (9,12E+10)
rejected-E_FIELD_TOO_LONG = Una cel·la massa llarga
rejected-E_FUTURE = Una data del futur
rejected-E_NUL = Un byte zero dins del text
rejected-E_NUMBER = No és un número
rejected-E_TYPE = Un valor d’un altre tipus
rejected-E_QUOTE = Unes cometes sense tancar
rejected-E_CELL = Un error del full de càlcul (#REF!)
rejected-E_JSON = No és un objecte JSON
rejected-E_MISSING = Falta una cel·la necessària
rejected-E_RANGE = Un número massa gran
rejected-E_TOTAL = Un total, no una dada
rejected-E_ID = Un identificador que no serveix
rejected-E_TWICE = El mateix lloc hi surt dues vegades amb valors diferents
rejected-E_LIMIT = Més files de les que pot tenir una taula així
rejected-E_EMAIL = No és una adreça electrònica
rejected-E_PHONE = No és un número de telèfon
rejected-E_CURRENCY = No és una moneda
rejected-E_RATE = No hi ha canvi de la moneda per al dia
rejected-E_ZONE = Un fus horari desconegut
set-aside = Apartada per norma
set-aside-cancelled = Comanda anul·lada
set-aside-header = Capçalera repetida
set-aside-heading = Títol d’un grup
set-aside-blank = Fila buida
set-aside-footer = Línia sota la taula
set-aside-other = Fila d’un altre tipus
