# Pārskats: virsraksti, tabulas, diagrammas. Segmentu nosaukumi ir segments.ftl, definīcijas methods.ftl.

report-title = Klientu pārskats
report-subtitle = Stāvoklis dienas beigās: { $day } · { $zone }
skip = Uz pārskatu
contents = Saturs
show-table = Rādīt tabulā
footer = Sagatavojusi Dolka no jūsu failiem. Šī lapa neko nekur nav sūtījusi.

customers = { PLURAL($count) ->
    [zero] { $count } klientu
    [one] { $count } klients
   *[other] { $count } klienti
}
orders = { PLURAL($count) ->
    [zero] { $count } pasūtījumu
    [one] { $count } pasūtījums
   *[other] { $count } pasūtījumi
}
days = { PLURAL($count) ->
    [zero] { $count } dienu
    [one] { $count } diena
   *[other] { $count } dienas
}

# Tabulu slejas
month = Mēnesis
column-all = Kopā
column-age = Dzīves mēnesis
column-anonymous = Bez klienta
column-asleep = Guļ
column-average = Vidējais pasūtījums
column-best-customers = Labākie klienti
column-cap = Drīkst tērēt viena piesaistei
column-code = Kods
column-cohort = Pirmais pasūtījums
column-customers = Klienti
column-file = Fails
column-imported = Ielādētas
column-kind = Veids
column-ltv-share = Daļa no visas mūža vērtības
column-measure = Mērs
column-median-ltv = Mūža vērtības mediāna
column-name = Nosaukums
column-of-customers = Klientu daļa
column-of-revenue = Ieņēmumu daļa
column-orders = Pasūtījumi
column-quantity = Vienības
column-reason = Iemesls
column-recency = Dienas kopš pēdējā pasūtījuma
column-rejected = Noraidītas
column-replaced = Aizstāti pasūtījumi
column-revenue = Ieņēmumi
column-rows = Rindas
column-segment = Segments
column-set-aside = Atliktas malā
column-stage = Posms
column-tier = Līmenis
column-unchanged = Nemainītas

# Galvenie skaitļi
summary-title = Galvenais
figure-revenue = Ieņēmumi
figure-revenue-hint = atskaitot atgriezto; { $share } ir bez zināma klienta
figure-revenue-hint-all = atskaitot atgriezto
figure-orders = Pasūtījumi
figure-orders-hint = { PLURAL($count) ->
    [zero] un { $count } atgriešanu
    [one] un { $count } atgriešana
   *[other] un { $count } atgriešanas
}
figure-average = Vidējais pasūtījums
figure-average-hint = ieņēmumi, dalīti ar pasūtījumiem
figure-buyers = Klienti ar pasūtījumiem
figure-buyers-hint = { PLURAL($count) ->
    [zero] un { $count } klientu bez pasūtījumiem
    [one] un { $count } klients bez pasūtījumiem
   *[other] un { $count } klienti bez pasūtījumiem
}
figure-repeat = Pērk atkārtoti
figure-repeat-hint = { PLURAL($count) ->
    [zero] { $count } klientu pasūtījuši divreiz vai biežāk
    [one] { $count } klients pasūtījis divreiz vai biežāk
   *[other] { $count } klienti pasūtījuši divreiz vai biežāk
}
figure-period = Periods
figure-period-hint = { $first } – { $last }
figure-period-none = pasūtījumu vēl nav

notes-title = Kas jāņem vērā, lasot šos skaitļus
note-few-buyers = { PLURAL($count) ->
    [zero] Pasūtījuši tikai { $count } klientu. Ja pircēju ir mazāk par 100, segmentu robežas maz ko nozīmē: skatieties uz cilvēkiem, nevis burtiem.
    [one] Pasūtījis tikai { $count } klients. Ja pircēju ir mazāk par 100, segmentu robežas maz ko nozīmē: skatieties uz cilvēkiem, nevis burtiem.
   *[other] Pasūtījuši tikai { $count } klienti. Ja pircēju ir mazāk par 100, segmentu robežas maz ko nozīmē: skatieties uz cilvēkiem, nevis burtiem.
}
note-short-history = { PLURAL($count) ->
    [zero] Failos ir tikai { $count } dienu. Kamēr vēsture ir īsāka par 90 dienām, ir par agru spriest, kurš aizgājis un kurš ir starp diviem pirkumiem.
    [one] Failos ir tikai { $count } diena. Kamēr vēsture ir īsāka par 90 dienām, ir par agru spriest, kurš aizgājis un kurš ir starp diviem pirkumiem.
   *[other] Failos ir tikai { $count } dienas. Kamēr vēsture ir īsāka par 90 dienām, ir par agru spriest, kurš aizgājis un kurš ir starp diviem pirkumiem.
}
note-empty-group = { $measure }: tik daudziem klientiem ir viena un tā pati vērtība, ka grupa { $group } ir tukša. Vienādas vērtības vienmēr saņem vienu burtu.
note-xyz-one-letter = { $share } no klientiem, kurus var iedalīt, ir { $letter }, tāpēc XYZ viņus gandrīz neatšķir. Vairāk pasaka ceturkšņi kā periodi vai plašākas robežas (25 un 50 %).
note-xyz-one-letter-other = { $share } no klientiem, kurus var iedalīt, ir { $letter }, tāpēc XYZ viņus gandrīz neatšķir. Citas robežas vai citi periodi var pateikt vairāk.
note-anonymous-revenue = { $share } ieņēmumu ir bez klienta. Tie skaitās kopsummās, bet nav nevienā segmentā.
note-no-costs = Failos nav pašizmaksas, tāpēc mūža vērtība rēķināta pēc ieņēmumiem, nevis pēc peļņas.
note-costs-partly = Pašizmaksa zināma tikai par { $share } ieņēmumu, tāpēc mūža vērtība rēķināta pēc ieņēmumiem, nevis pēc peļņas.
note-no-cycle = Vēl neviens nav pircis divās dažādās dienās, tāpēc atkārtošanas cikls nav zināms un nevienu nevar saukt par gulošu.
note-no-whole-period = Kopš pirmā pasūtījuma vēl nav beidzies neviens pilns periods (mēnesis, ja nav noteikts citādi), tāpēc ABC–XYZ nevar aprēķināt.
note-many-rejected = Noraidīti { $share } rindu. Apskatiet iemeslus pārskata beigās un salabojiet failu, pirms ticat kopsummām.

months-title = Ieņēmumi pa mēnešiem
months-summary = Labākais mēnesis: { $month }, { $revenue }.
months-partial = Svītrots: mēnesis nav beidzies.
months-column = { $month }: { $revenue }, { $orders }
months-caption = Katra mēneša ieņēmumi un pasūtījumi; * mēnesis nav beidzies

# Ko darīt vispirms
first-title = Ko darīt vispirms
first-intro = Kur vēstule vai zvans atmaksājas visvairāk, pēc naudas uz spēles: cik šie klienti atnesuši līdz šim un var pārstāt nest.
first-stake = uz spēles
first-reason = { $customers }; puse klusē jau ilgi ({ $days } vai vairāk). Viens ierasts pasūtījums no katra dotu { $sum }.
first-keep = Sargājiet labākos
first-keep-stake = turas uz viņiem
first-keep-reason = Čempioni un lojālie: { $customers }, { $part } no visiem pircējiem, dod { $share } ieņēmumu.
first-left-out = Ko darīt vispirms: vajadzīgi RFM segmenti klientiem ar pasūtījumiem.

# RFM
rfm-title = RFM segmenti
rfm-intro = Katrs klients pēc tā, cik nesen (R), cik bieži (F) un par cik (M) viņš pircis.
rfm-window = { PLURAL($count) ->
    [zero] Skaitās tikai pēdējās { $count } dienas.
    [one] Skaitās tikai pēdējā { $count } diena.
   *[other] Skaitās tikai pēdējās { $count } dienas.
}
rfm-window-all = Skaitās visa vēsture.
rfm-left-out = RFM segmenti: nav zināmu klientu pasūtījumu.
rfm-legend = RFM burts A ir sliktākais un C labākais: CCC pirkuši nesen, bieži un daudz; AAA sen, reti un maz. (ABC ir otrādi: A ir labākais.)
rfm-legend-digits = RFM grupa 1 ir sliktākā un { $count } labākā. (ABC ir otrādi: A ir labākais.)
rfm-r-1 = sen
rfm-r-2 = pirms kāda laika
rfm-r-3 = nesen
rfm-f-1 = reti
rfm-f-2 = atkārtoti
rfm-f-3 = bieži
treemap-title = Kas ir jūsu klienti
treemap-summary = Jo lielāks taisnstūris, jo vairāk klientu. Lielākais segments ir «{ $name }»: { $customers }.
aim-keep = noturēt
aim-grow = vest uz nākamo pirkumu
aim-wake = pamodināt, kamēr nav aizgājuši
aim-win = atgūt
aim-rest = likt mierā
segments-title = Segmenti pa vienam
segments-caption = Segmenti, to daļa klientu skaitā un ieņēmumos
matrix-title = Visas RFM šūnas
matrix-caption = Klienti katrā šūnā un viņu ieņēmumu daļa. Jo tumšāka šūna (tumšajā režīmā: jo gaišāka), jo vairāk klientu.
cuts-title = Kur ir robežas
cuts-caption = Ko šeit nozīmē katrs burts, pēc sastopamajām vērtībām
group-worst = sliktākā
group-best = labākā
measure-recency = R, pēdējais pasūtījums
measure-frequency = F, pasūtījumu skaits
measure-money = M, iztērētā summa
measure-average-order = M, vidējais pasūtījums
cut-empty = neviena
cut-recency-exact = { PLURAL($count) ->
    [zero] pirms { $count } dienām
    [one] pirms { $count } dienas
   *[other] pirms { $count } dienām
}
cut-recency-best = { PLURAL($count) ->
    [zero] pirms { $count } dienām vai vēlāk
    [one] pirms { $count } dienas vai vēlāk
   *[other] pirms { $count } dienām vai vēlāk
}
cut-recency-middle = { PLURAL($count) ->
    [zero] pirms { $from } līdz { $count } dienām
    [one] pirms { $from } līdz { $count } dienas
   *[other] pirms { $from } līdz { $count } dienām
}
cut-recency-worst = { PLURAL($count) ->
    [zero] pirms { $count } dienām vai agrāk
    [one] pirms { $count } dienas vai agrāk
   *[other] pirms { $count } dienām vai agrāk
}
cut-frequency-exact = { PLURAL($count) ->
    [zero] { $count } pasūtījumu
    [one] { $count } pasūtījums
   *[other] { $count } pasūtījumi
}
cut-frequency-best = { PLURAL($count) ->
    [zero] { $count } pasūtījumu vai vairāk
    [one] { $count } pasūtījums vai vairāk
   *[other] { $count } pasūtījumi vai vairāk
}
cut-frequency-middle = { PLURAL($count) ->
    [zero] no { $from } līdz { $count } pasūtījumiem
    [one] no { $from } līdz { $count } pasūtījumam
   *[other] no { $from } līdz { $count } pasūtījumiem
}
cut-frequency-worst = { PLURAL($count) ->
    [zero] { $count } pasūtījumu vai mazāk
    [one] { $count } pasūtījums vai mazāk
   *[other] { $count } pasūtījumi vai mazāk
}
cut-money-exact = { $from }
cut-money-best = { $from } vai vairāk
cut-money-middle = no { $from } līdz { $to }
cut-money-worst = { $to } vai mazāk

# ABC–XYZ
abc-xyz-title = ABC–XYZ
abc-xyz-intro = ABC rāda, kas atnes naudu, XYZ rāda, cik vienmērīgi.
abc-xyz-window = Periods: { $first } – { $last }, { $period ->
    [week] tikai pilnas nedēļas.
    [quarter] tikai pilni ceturkšņi.
   *[month] tikai pilni mēneši.
}
abc-xyz-left-out = ABC–XYZ: vajadzīgi zināmu klientu ieņēmumi vismaz vienā pilnā periodā (mēnesī, ja nav noteikts citādi).
abc-xyz-matrix-title = Nauda un vienmērīgums
abc-xyz-legend = Šeit A ir labākais (RFM tas ir sliktākais). X pērk vienmērīgi, Z nejauši; par N spriest ir par agru.
abc-xyz-caption = Klienti katrā šūnā un viņu ieņēmumu daļa; krāsa pēc ieņēmumiem
abc-A = lielākā daļa naudas
abc-B = vidus
abc-C = pārējie
xyz-X = vienmērīgi (līdz { $limit })
xyz-Y = svārstīgi (līdz { $limit })
xyz-Z = nejauši (virs { $limit })
xyz-N = pārāk jauni
abc-xyz-AX = Lieli un vienmērīgi: vienojieties par individuāliem nosacījumiem un gādājiet, lai viņiem preču nekad netrūkst.
abc-xyz-AZ = Lieli un nejauši: zvaniet pirms sezonas un svētkiem; noskaidrojiet, kas viņus mudina pasūtīt.
abc-xyz-BX = Vienmērīgais vidus: individuāli piedāvājumi, kas palielina pasūtījumu.
abc-xyz-CZ = Mazi un reti: tikai sezonas vēstules, bez personīga laika.
pareto-title = Cik daudz turas uz labākajiem
pareto-summary = { $part } klientu ({ $customers }) dod { $share } ieņēmumu.
pareto-axis = klienti, sākot ar labākajiem
pareto-caption = Labākie klienti un viņu ieņēmumu daļa

# Mūža vērtība
ltv-title = Klienta mūža vērtība
ltv-intro-revenue = Cik ieņēmumu klients atnes savā mūžā, kas ilgst { $months } mēn. Klienta piesaistei netērējiet vairāk par trešdaļu šīs vērtības.
ltv-intro-margin = Cik peļņas klients atnes savā mūžā, kas ilgst { $months } mēn. Klienta piesaistei netērējiet vairāk par trešdaļu šīs vērtības.
ltv-intro-predicted-revenue = Cik ieņēmumu klients, kā sagaidāms, atnesīs nākamajos 12 mēnešos. Klienta piesaistei netērējiet vairāk par trešdaļu šīs vērtības.
ltv-intro-predicted-margin = Cik peļņas klients, kā sagaidāms, atnesīs nākamajos 12 mēnešos. Klienta piesaistei netērējiet vairāk par trešdaļu šīs vērtības.
ltv-provisional = { PLURAL($count) ->
    [zero] Pirmajās 30 dienās tas ir tikai pirmais minējums: tādu klientu ir { $count }.
    [one] Pirmajās 30 dienās tas ir tikai pirmais minējums: tāds ir { $count } klients.
   *[other] Pirmajās 30 dienās tas ir tikai pirmais minējums: tādi ir { $count } klienti.
}
ltv-left-out = Mūža vērtība: nav zināmu klientu pasūtījumu.
ltv-caption = Līmeņi pēc mūža vērtības

# Posmi
stages-title = Pirkšanas posmi
stages-intro = { PLURAL($count) ->
    [zero] Klienti parasti atgriežas pēc apmēram { $count } dienām. Kas klusē ilgāk par savu ierasto ritmu, tas guļ. Ceļš: vienreizējie → atgriežas → pastāvīgie.
    [one] Klienti parasti atgriežas pēc apmēram { $count } dienas. Kas klusē ilgāk par savu ierasto ritmu, tas guļ. Ceļš: vienreizējie → atgriežas → pastāvīgie.
   *[other] Klienti parasti atgriežas pēc apmēram { $count } dienām. Kas klusē ilgāk par savu ierasto ritmu, tas guļ. Ceļš: vienreizējie → atgriežas → pastāvīgie.
}
stages-intro-unknown = Vēl neviens nav pircis divās dažādās dienās, tāpēc parastais laiks starp pirkumiem nav zināms. Ceļš: vienreizējie → atgriežas → pastāvīgie.
stages-left-out = Pirkšanas posmi: klientu nav.
stages-caption = Klienti pa posmiem
stages-awake = nomodā
stages-asleep = guļ

# Apjoms
volume-title = Mazumā un vairumā
volume-intro = Klienti pēc tā, cik viņi parasti ņem vienā pasūtījumā.
volume-left-out = Mazumā un vairumā: nav zināmu klientu pasūtījumu.
volume-caption = Klienti pēc parastā pasūtījuma lieluma

# Kohortas
cohorts-title = Vai viņi atgriežas?
cohorts-intro = Rinda ir visi, kuru pirmais pasūtījums bija šajā mēnesī; sleja ir viņu kā klientu dzīves mēnesis.
cohorts-summary = { $share } no viņiem pasūta atkal mēnesī pēc pirmā.
cohorts-cut = { PLURAL($count) ->
    [zero] Rādīti pēdējie { $count } mēneši.
    [one] Rādīts pēdējais { $count } mēnesis.
   *[other] Rādīti pēdējie { $count } mēneši.
}
cohorts-left-out = Atgriešanās: nav zināmu klientu pasūtījumu.
cohorts-caption = Katra mēneša jauno klientu daļa, kas pasūta katrā vēlākā mēnesī
cohorts-partial = (* mēnesis nav beidzies)
cohorts-show-money = Rādīt naudu
cohorts-money-caption = Ieņēmumi no katra mēneša jaunajiem klientiem katrā viņu dzīves mēnesī

# Preces
goods-title = Ko viņi pērk
goods-left-out = Ko viņi pērk: failos nav ne preču, ne kategoriju.
goods-categories = Kategorijas
goods-categories-caption = Kategorijas ar lielākajiem ieņēmumiem; joslas pret pirmo
goods-products = Preces
goods-products-caption = Preces ar lielākajiem ieņēmumiem; joslas pret pirmo

left-out-title = Kā šajā pārskatā nav
