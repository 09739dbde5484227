# Seccions a part dels segments de comandes: previsions, interessos, grups, operacions, esforç.

# shared
how-counted = Com es compten aquestes xifres
deals = { PLURAL($count) ->
    [one] { $count } operació
    [many] { $count } d’operacions
   *[other] { $count } operacions
}

# columns
column-average-deal = Operació mitjana
column-bias = Massa (+) o massa poc (−)
column-brought = Han aportat
column-buys-too = També compren
column-by-purchases = Per compres
column-by-relation = Per relació
column-came = Han arribat
column-category = Categoria
column-channel = Canal
column-class = Classe
column-cluster = Grup
column-condition = Condició
column-contacts = Contactes
column-conversion = Guanyades
column-cost = Cost de la feina
column-customer = Client
column-cycle = Dies fins al tancament
column-deals = Operacions
column-effort = Esforç
column-expected = S’esperava
column-hours = Hores
column-interested = Interessats ara
column-interval = De – a
column-interval-bar = Part amb l’interval; la ratlla són totes
column-known = Què se’n sap
column-left = En queda
column-luck = Probabilitat de sort
column-money = Diners per client
column-more-deals = Operacions que falten
column-nest = Niu
column-of-class-a = De classe A
column-of-deals = Part de les operacions
column-pair-bound = Com a mínim
column-pair-share = D’ells
column-pair-usual = De tots
column-predicted-by = Predit per
column-probability = Probabilitat
column-repeats = Comandes repetides abans
column-satisfied = Satisfets de moment
column-share = Part
column-stability = Es repeteix
column-step = Esglaó
column-until = Fins a
column-value = Valor
column-who-buys = Compradors de

# figures of a base without orders
figure-customers = Clients
figure-customers-hint = el { $share } tenen una operació, un contacte inicial o una interacció
figure-deals = Operacions tancades
figure-won-share = Guanyades
figure-won-share-hint = de les operacions tancades
figure-won = Operacions guanyades
figure-won-hint = en total, segons els imports dels fitxers
figure-deals-hint = { PLURAL($count) ->
    [one] i { $count } d’oberta
    [many] i { $count } d’obertes
   *[other] i { $count } d’obertes
}
figure-touches = Interaccions i contactes inicials
figure-touches-hint = { PLURAL($count) ->
    [one] { $count } contacte inicial entre ells
    [many] { $count } de contactes inicials entre ells
   *[other] { $count } contactes inicials entre ells
}

# readiness
readiness-title = Disposició a comprar
readiness-intro = { $customers }, el { $part } del total, ara trien o compren: ateneu-los primer i feu pujar els altres un esglaó.
readiness-untouched = El { $share } dels clients no tenen cap operació, contacte inicial ni interacció: només se’n coneixen les comandes.
readiness-caption = Clients per esglaó, i què cal fer a cadascun
readiness-left-out = Disposició a comprar: els fitxers no porten operacions, contactes inicials ni interaccions.
stages-intro-deals = Les compres només se saben per les operacions, de manera que no se’n coneix el temps habitual. El camí: una sola compra → tornen → habituals.

# prediction
prediction-title = Què cal esperar
prediction-intro-revenue = En els propers { $days } s’esperen { $orders }; els propers 12 mesos valen { $value } d’ingressos. Han comprat { $buyers }, dels quals probablement encara hi són { $alive }.
prediction-intro-margin = En els propers { $days } s’esperen { $orders }; els propers 12 mesos valen { $value } de marge. Han comprat { $buyers }, dels quals probablement encara hi són { $alive }.
prediction-model = Prediu { $model }, perquè és el model que millor s’ajusta a la història (criteri d’Akaike, com més petit millor: { $figures }).
prediction-all-active = No es veu que cap client marxi del tot, de manera que tothom compta com a actiu.
prediction-alive-title = Qui probablement encara hi és
prediction-alive-caption = Compradors segons la probabilitat que no hagin marxat del tot
prediction-action = Què cal fer: escriviu als del mig, del 20 al 80 %. Els de dalt venen sols i els de baix gairebé tots han marxat.
prediction-check-title = S’hauria complert una predicció així?
prediction-check = El mateix es va predir del { $from } al { $to } amb el que se sabia abans, per a { $customers }: s’esperaven { $expected } i n’han arribat { $actual }.
prediction-no-check = La història és massa curta per reservar-ne una part i comprovar-hi la predicció.
prediction-of-orders = Comandes
prediction-of-money = Diners
prediction-better = { $what }: el model és millor que qualsevol regla senzilla.
prediction-may-be-chance = { $what }: el model erra menys que qualsevol regla senzilla, però al costat de «{ $rule }» pot ser casualitat.
prediction-no-better = { $what }: el model no és millor que la regla senzilla «{ $rule }»: feu servir la regla.
prediction-worse = { $what }: el model és pitjor que la regla senzilla «{ $rule }»: feu servir la regla.
prediction-the-model = el model
prediction-came = han arribat
prediction-expected = s’esperava
prediction-cut = a partir d’aquí, predicció
prediction-weeks-title = Setmana a setmana
prediction-weeks-summary = Comandes repetides d’aquests clients, acumulades; { $to }: n’han arribat { $actual }, se n’esperaven { $expected }.
prediction-weeks-caption = Comandes repetides acumulades
prediction-frequency-title = Segons quantes vegades havien comprat abans
prediction-frequency-caption = Comandes mitjanes per client en el temps reservat
prediction-errors-title = Al costat de regles senzilles
prediction-errors-caption = Quant s’ha desviat la predicció per client (arrel de la mitjana quadràtica): com més petit, millor
prediction-left-out = Què cal esperar: encara ningú no ha comprat un segon dia.
rule-last_half_year = com el darrer mig any
rule-past_rate = tan sovint com fins ara
rule-all_past = tant com en tot el passat
rule-nothing = res de res
repeats-or-more = { $count } o més

# interests
interests-title = Interessos
interests-intro = { $customers }, el { $part } del total, tenen ara un interès, en { $categories } categories.
interests-caption = Les categories amb més interès
interests-action = Què cal fer: quan arribi una novetat, aviseu els interessats en la categoria; deixeu tranquils els que l’acaben de comprar.
interests-pairs-title = Què va amb què
interests-pairs-summary = Els compradors de «{ $from }» també compren «{ $to }»: el { $share }, davant del { $usual } de tots.
interests-no-pairs = No hi ha dues categories que segur que es comprin juntes més sovint que per atzar.
interests-pairs-caption = Parelles que els mateixos clients compren més sovint que per atzar; «com a mínim» és el límit inferior al 95 %
interests-pairs-action = Què cal fer: oferiu el segon als qui només tenen el primer.
interests-left-out = Interessos: els fitxers no porten categories del que s’ha comprat.
interests-rare = { PLURAL($count) ->
    [one] No s’hi compta { $count } categoria més rara.
    [many] No s’hi compten { $count } de categories més rares.
   *[other] No s’hi compten { $count } categories més rares.
}

# attributes
attributes-title = Qui són
attributes-intro = { PLURAL($count) ->
    [one] Se’n coneix { $count } atribut; es mostra el que els distingeix millor.
    [many] Se’n coneixen { $count } d’atributs; es mostren els que els distingeixen millor.
   *[other] Se’n coneixen { $count } atributs; es mostren els que els distingeixen millor.
}
attributes-known = Se sap del { $share } dels clients; dels altres aquí no se’n diu res.
attributes-caption = Clients per { $name }
attributes-action = Què cal fer: on un grup aporta més que la seva part de clients, busqueu-ne més de semblants. Pregunteu el que no se sap.
attributes-left-out = Qui són: els fitxers no porten cap atribut que distingeixi els clients.
nests-title = Què se sap de les empreses
nests-intro = Cinc nius, de fora cap endins: comenceu per l’empresa i pregunteu pel niu següent només on ajudi a decidir.
nests-caption = Atributs per niu, amb la part d’empreses de què se saben
nest-unknown = encara res
nest-firm = L’empresa
nest-firm-hint = sector, mida, lloc
nest-operation = Com funciona
nest-operation-hint = tecnologia, ús, capacitats
nest-purchasing = Com compra
nest-purchasing-hint = qui decideix, política, criteris
nest-situation = La situació
nest-situation-hint = urgència, aplicació, mida de la comanda
nest-person = Qui decideix
nest-person-hint = paper, motius, actitud davant del risc

# clusters
clusters-title = Grups espontanis
clusters-intro = Segons { $features }, els compradors ({ $customers }) formen { $number } grups.
clusters-reason-farthest_apart = Amb aquest nombre els grups són estables i els més separats.
clusters-reason-most_that_are_stable = No hi ha grups separats; aquest és el nombre més gran que encara és estable.
clusters-reason-least_unstable = Cap nombre no és estable: aquest és el menys inestable.
clusters-reason-none_large_enough = Cap nombre dona grups prou grans: aquest és el menys inestable.
clusters-tried = Se n’han provat de { $from } a { $to }; en tornar a mostrejar els clients, les agrupacions coincideixen en un { $agreement }.
clusters-verdict-natural = Hi ha grups a les dades, i són aquests.
clusters-verdict-reproducible = No hi ha grups separats, però les dades es tallen igual cada vegada: es poden fer servir.
clusters-verdict-constructive = No és estable: els grups s’han fet, no s’han trobat. Altres clients semblants es tallarien d’una altra manera. Preneu-los com una comoditat, no com un fet.
clusters-caption = Grups, el més gran primer: mida, què hi és habitual i fins a quin punt es repeteixen en tornar a mostrejar
clusters-rules-title = Com es distingeixen
clusters-accuracy = Aquestes regles posen el { $share } dels clients al seu grup
clusters-action = Què cal fer: llegiu les regles, doneu un nom a cada grup i decidiu què necessiten els seus clients.
clusters-left-out = Grups espontanis: han comprat menys de 300 clients, o formen un sol grup.
feature-recency_days = Dies des de l’última comanda
feature-orders = Comandes
feature-average_order = Comanda mitjana

# rules
rules-title = Els vostres segments
rules-intro = Cada client és a la primera regla que compleix; la resta són al final.
rules-caption = Segments segons les vostres regles, cadascun amb la seva condició

# deals
deals-title = Operacions
deals-intro = De les últimes { $deals }, el { $best } són de classe A, guanyades amb facilitat; el { $wasted } es van perdre com a C, D o X.
deals-intro-effort = De les últimes { $deals }, el { $best } són de classe A, guanyades amb facilitat; el { $wasted } es van perdre com a C, D o X i van endur-se el { $effort } de la feina.
deals-of = Es miren { $looked } de { $closed } operacions tancades; { $open } són obertes.
deals-interviews = Encara no hi ha cap operació tancada: en el seu lloc hi ha les classificades a mà.
deals-effort-unknown = No se’n coneix l’esforç, de manera que no es pot dir què costen les classes.
deals-effort-partly = Del { $share } no se’n coneix l’esforç: les hores i els costos són dels altres.
deals-caption = Classes de les últimes operacions tancades
deals-search-title = Què té en comú la classe A
deals-criteria = Aquests criteris superen l’atzar: busqueu més operacions així.
deals-hypotheses = Només són hipòtesis: hi ha massa poques operacions per refiar-se’n.
deals-nothing = Res no supera l’atzar: el que més s’hi acosta no és millor que el que trobaria la sort.
deals-over = S’han mirat { $deals } amb classe; de classe A: { $positives } ({ $usual }); regles provades: { $rules }.
deals-part = { $part } de { $whole }
deals-search-caption = Condicions amb la part de classe A entre les operacions que les compleixen, i l’interval al 95 %
deals-settled = provat
deals-never = ni deu vegades més
deals-no-search = No hi havia res a cercar: massa poques operacions tenen classe, o totes la mateixa.
deals-left-out = Operacions: els fitxers no porten operacions tancades.
deals-attributes-left-out = { PLURAL($count) ->
    [one] { $count } atribut no podia ser condició: delata el resultat o té massa textos.
    [many] { $count } d’atributs no podien ser condició: delaten el resultat o tenen massa textos.
   *[other] { $count } atributs no podien ser condició: delaten el resultat o tenen massa textos.
}
segment-deals-A = A: guanyades amb facilitat
segment-deals-A-meaning = Guanyades de pressa, amb poques preguntes i poc descompte, amb bon marge.
segment-deals-A-action = Busqueu més clients com aquests.
segment-deals-B = B: guanyades amb esforç
segment-deals-B-meaning = Guanyades, però més a poc a poc, amb més preguntes o descompte, o amb menys marge.
segment-deals-B-action = Mireu què les va encarir; ateneu-les amb menys esforç.
segment-deals-C = C: molt esforç i cap resultat
segment-deals-C-meaning = Perdudes amb molt esforç, o per condicions refusades.
segment-deals-C-action = Pregunteu primer les condicions i atureu-vos abans.
segment-deals-D = D: sense diners
segment-deals-D-meaning = Perdudes perquè no hi havia diners.
segment-deals-D-action = Pregunteu primer pel pressupost; torneu-hi quan n’hi hagi.
segment-deals-X = X: grans, amb condicions pròpies
segment-deals-X-meaning = Una operació gran amb condicions pròpies que es va perdre.
segment-deals-X-action = Decidiu a dalt si voleu operacions així, i poseu-hi el preu que cal.
segment-deals-unclear = Poc clares
segment-deals-unclear-meaning = Perdudes, i res no diu per què.
segment-deals-unclear-action = Anoteu el motiu i l’esforç de les operacions perdudes.

# effort
effort-title = Rendiment de l’esforç
effort-intro = { $customers } costen més que no aporten: { $cost } de feina per { $money }.
effort-intro-none = Cap dels clients amb esforç conegut no costa més que no aporta.
effort-on-margin = Marge dels últims 365 dies davant d’hores a { $cost } cadascuna.
effort-on-revenue = Ingressos dels últims 365 dies davant d’hores a { $cost } cadascuna.
effort-unknown = Del { $share } dels clients no se’n coneix l’esforç: aquí no hi són.
effort-caption = Clients segons com es paga l’esforç, i què cal fer
effort-worst-title = Qui costa més que no aporta
effort-worst-caption = Les pèrdues més grans, deu com a màxim
effort-channels-title = Per canal
effort-channels-caption = Què costen els canals d’atenció i què aporten els clients que s’hi atenen
effort-left-out = Rendiment de l’esforç: calen operacions o interaccions amb l’esforç, i el cost d’una hora (--set effort.hour_cost=25).
effort-worst-intro = { PLURAL($count) ->
    [one] Sense influència per la qual valgui la pena conservar-los: { $count } client.
    [many] Sense influència per la qual valgui la pena conservar-los: { $count } de clients.
   *[other] Sense influència per la qual valgui la pena conservar-los: { $count } clients.
}
channel-none = sense canal

# definitions
method-readiness-term = Disposició
method-readiness = L’escala de Ben Hunt. Comprant: una comanda en els últims { $buying }. Els altres esglaons, pel que ha passat des de l’última comanda en els últims { $window }: triant, un cistell, una petició de preu, una operació oberta; comparant, productes vistos o cercats; conscients, qualsevol altra interacció; si no, indiferents.
method-prediction-term = Comandes esperades
method-prediction = Dies amb comanda. S’ajusta a tota la base un model de quant sovint compra cada client i quan marxa del tot; el valor és el dels propers 12 mesos, i els diners posteriors compten un 10 % menys l’any. La probabilitat de ser-hi encara no és la probabilitat d’una comanda.
method-check-term = Comprovació de la predicció
method-check = Es reserva l’últim quart de la història, un any com a màxim: el model s’ajusta amb el que hi havia abans i es compara amb el que ha arribat, client per client. Millor vol dir un error quadràtic mitjà més petit, i no per atzar.
method-interests-term = Interessos
method-interests = Cada compra d’una categoria pesa 1, i la meitat cada { $days }; a partir de mig en total el client hi té interès. Per relació: els compradors d’una altra categoria segur que també compren aquesta. Qui ha comprat una cosa duradora està satisfet fins que la canvia.
method-attributes-term = Atributs
method-attributes = Tal com els diuen els fitxers, amb la dada més nova. Se’n mostren quatre com a màxim: els que se saben de més clients, no són iguals per a gairebé tothom i tenen pocs valors. Els valors de menys de l’1 % dels clients van junts.
method-clusters-term = Grups espontanis
method-clusters = k-means sobre valors escalats, perquè cap no compti més per la unitat. El nombre de grups és el que millor es repeteix en 50 mostrejos; «es repeteix» és l’índex de Jaccard mitjà. L’habitual és el centre del grup.
method-rules-term = Els vostres segments
method-rules = Guanya la primera regla que es compleix.
method-deals-term = Classes d’operacions
method-deals = Es prenen les medianes de les últimes operacions tancades: les guanyades que no són pitjors en res conegut són A, les altres guanyades B; les perdudes per falta de diners D; les grans amb condicions pròpies X; amb més esforç que l’habitual o amb condicions refusades C. El que A té en comú es busca entre atributs coneguts en obrir l’operació; la probabilitat de sort es corregeix per totes les regles provades.
method-effort-term = Rendiment de l’esforç
method-effort = L’esforç d’operacions i interaccions dels últims 365 dies, en hores, pel cost d’una hora, davant del que el client ha aportat en el mateix temps. Es paguen: almenys el doble del cost; justos: almenys el cost; deficitaris: menys.
kind-deals = operacions
kind-leads = contactes inicials
kind-touches = interaccions
