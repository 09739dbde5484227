# El que l'informe pregunta i respon: capítols, en breu, alertes, objectius, orígens, pàgines de segments, pla.

chapter-have = Què tinc?
chapter-worry = Què m’hauria de preocupar?
chapter-whom = A qui he d’anar a buscar?
chapter-who = Qui són?
chapter-monday = Què cal fer dilluns
chapter-how = Com s’ha comptat

short-title = En breu
short-have = { $customers } han fet comandes, el { $repeat } n’han repetit.
short-best = El millor { $best } dels clients aporta el { $part } dels ingressos.
short-worry = { PLURAL($count) ->
    [one] Les comprovacions han trobat { $count } cosa per mirar en els segments.
   *[other] Les comprovacions han trobat { $count } coses per mirar en els segments.
}
short-worry-none = Els segments han passat totes les comprovacions.
short-cooled = De { $could } que havien comprat fa poc el { $day }, { $did } ({ $share }) s’han refredat o s’han perdut.
short-lost = De { $could } que es refredaven el { $day }, { $did } ({ $share }) s’han perdut.
short-who = Us presentem { $name }, el client habitual d’aquest segment.
short-whom = Comenceu per «{ $segment }»: { $customers } que han aportat { $sum } fins ara.

worries-title = Comprovacions
worries-left-out = Comprovacions: no hi ha segments per comprovar.
worries-intro = { PLURAL($count) ->
    [one] Els segments només donen diners si són prou grans, diferents entre ells, estables i recents. Una cosa no es compleix:
   *[other] Els segments només donen diners si són prou grans, diferents entre ells, estables i recents. { $count } coses no es compleixen, primer la que més pesa:
}
worries-none = Els segments només donen diners si són prou grans, diferents entre ells, estables i recents. Tots aquests ho són.
worries-more = { PLURAL($count) ->
    [one] { $count } més
   *[other] { $count } més
}
worries-no = res
worries-table-title = Què s’ha comprovat
worries-table-intro = Estabilitat: els clients s’han tornat a sortejar 100 vegades i s’han tornat a dividir; 1 vol dir que cada vegada han quedat junts els mateixos clients, per sota de 0,6 no es pot confiar en el segment.
worries-caption = Segmentacions amb el que han trobat les comprovacions.
column-segmentation = Segmentació
column-segments = Segments
column-least-stable = El menys estable
column-meaning = Què vol dir
column-found = Trobat
stability-high = molt estables
stability-valid = estables
stability-doubtful = dubtosos
stability-unstable = inestables
stability-fixed = límits fixos: res no pot canviar

targets-title = Què prometen els segments
targets-left-out = Què prometen els segments: ningú no ha fet cap comanda.
targets-intro = Gran no vol dir prometedor: compta què aporta un segment, si creix i a qui s’hi pot arribar.
targets-most = «{ $segment }» ha aportat el { $share } dels ingressos dels últims dotze mesos.
targets-reach-nothing = No se sap a qui es pot arribar: els fitxers no tenen correus, telèfons ni consentiments.
targets-reach-contact = S’hi pot arribar si hi ha un correu o un telèfon; els consentiments no se saben.
targets-reach-consent = S’hi pot arribar si s’ha donat un consentiment.
targets-table-title = Mida, creixement i valor
targets-bars = Barres: plena, els últims dotze mesos; ratllada, els dotze anteriors, dels mateixos clients.
targets-caption = Segments amb el que han aportat i prometen.
column-reachable = Accessibles
column-returning = Amb dues comandes o més
column-year = Ingressos de 12 mesos
column-growth = Respecte de l’any anterior
column-order-leaves = Una comanda aporta
column-average-ltv = Valor de vida d’un client

origins-title = D’on vénen
origins-left-out = D’on vénen: els fitxers no tenen ni fonts ni canals.
origins-intro-source = Segons la primera font que els va portar.
origins-intro-channel = Segons el canal de la primera comanda.
origins-most = Quan se'n sap l'origen, el més freqüent és «{ $name }» ({ $share }).
origins-best = Els de «{ $name }» es fan clients clarament més sovint que els altres ({ $share }).
origins-table-title = Fonts i què aporten
origins-bars = La ratlla que travessa la barra és la conversió de tothom; la barra és l’interval del 95%.
origins-caption = Fonts amb persones, clients i diners.
origins-costs = Què costa un client de cadascuna ho diu { $command } quan els fitxers són en una base: els costos són un fitxer amb les columnes source i cost.
origins-unknown = No se sap
column-origin = Font
column-people = Persones
column-converted = Es fan clients
column-index = Índex, 100 = base

profile-title = Els segments de costat
profile-intro = Cada columna és un segment, cada fila alguna cosa que en distingeix almenys un dels altres clients. Les xifres són índexs: 100 és la base. ▲ més, ▼ menys de l’habitual; · com de costum. Com més intens el color, més gran la diferència.
profile-caption = Què distingeix els segments, primer les diferències més grans.

portraits-title = Els segments, pàgina a pàgina
portraits-left-out = Els segments, pàgina a pàgina: no hi ha segments amb clients.
portraits-intro = Una pàgina per segment. Els noms són inventats; tota la resta s’ha comptat. Es mostra el que l’atzar sol no produiria.
portrait-went = De { $customers } que hi havia aquí el { $day }, el { $stayed } hi continua; la majoria dels altres han anat a «{ $next }» ({ $part }).
portrait-stayed = De { $customers } que hi havia aquí el { $day }, el { $stayed } hi continua.
portrait-came = Dels que hi ha ara, el { $part } ve de «{ $from }».
portrait-came-new = Dels que hi ha ara, el { $part } ha vingut des del { $day }.
special-title = Què tenen d’especial
special-caption = Valors i xifres que difereixen de la base, primer les diferències més grans.
column-what = Què
column-inside = Aquí
column-base = Base
column-when = Quan
goods-of-segment-caption = El que aporta més diners en aquest segment.
habits-weekdays = Dia de la setmana
habits-year = Mes
habits-hours = Hora
habits-busiest = Més comandes: { $name }, { $share }.
habits-key = Columnes: aquest segment. Ratlles: tota la base.
habits-caption = Part de les comandes per dia de la setmana, mes i hora.
weekday-short-1 = dl.
weekday-short-2 = dt.
weekday-short-3 = dc.
weekday-short-4 = dj.
weekday-short-5 = dv.
weekday-short-6 = ds.
weekday-short-7 = dg.

plan-title = El pla per a cada segment
plan-intro = Què cal fer amb cadascun, primer el de més ingressos. «Una comanda cadascun» és el que aportaria si tothom del segment fes una comanda més: el màxim que una acció pot moure, no una promesa.
plan-caption = Segments amb què cal fer, quan i què pot aportar.
column-one-each = Una comanda cadascun

card-title = Fitxa d’estratègia
needs-caption = Categories per segment, primer on falten més compradors.

# Columns of sheets
column-active = Encara compren
column-of-first-month = Respecte del primer mes
column-from = De
column-to = Fins a
column-persona = Persona
column-story = Història
column-who-says = Qui ho diu
