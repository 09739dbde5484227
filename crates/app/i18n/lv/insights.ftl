# Sadaļas līdzās pasūtījumu segmentiem: prognozes, intereses, grupas, darījumi, pūles.

# shared
how-counted = Kā šie skaitļi skaitīti
deals = { PLURAL($count) ->
    [zero] { $count } darījumu
    [one] { $count } darījums
   *[other] { $count } darījumi
}

# columns
column-average-deal = Vidējais darījums
column-bias = Par daudz (+) vai par maz (−)
column-brought = Ienesa
column-buys-too = Pērk arī
column-by-purchases = Pēc pirkumiem
column-by-relation = Pēc saistības
column-came = Saņemts
column-category = Kategorija
column-channel = Kanāls
column-class = Klase
column-cluster = Grupa
column-condition = Nosacījums
column-contacts = Saskares
column-conversion = Uzvarēts
column-cost = Darba izmaksas
column-customer = Klients
column-cycle = Dienas līdz slēgšanai
column-deals = Darījumi
column-effort = Pūles
column-expected = Gaidīts
column-hours = Stundas
column-interested = Interesējas tagad
column-interval = No – līdz
column-interval-bar = Daļa ar intervālu; svītra — visi darījumi
column-known = Kas zināms
column-left = Paliek pāri
column-luck = Nejaušības varbūtība
column-money = Nauda uz klientu
column-more-deals = Cik darījumu vēl vajag
column-nest = Ligzda
column-of-class-a = No tiem A klases
column-of-deals = Darījumu daļa
column-pair-bound = Vismaz
column-pair-share = No viņiem
column-pair-usual = No visiem
column-predicted-by = Kas paredzēja
column-probability = Varbūtība
column-repeats = Atkārtoti pasūtījumi pirms tam
column-satisfied = Pagaidām apmierināti
column-share = Daļa
column-stability = Atkārtojas
column-step = Pakāpiens
column-until = Līdz
column-value = Vērtība
column-who-buys = Pircēji, kas pērk

# figures of a base without orders
figure-customers = Klienti
figure-customers-hint = { $share } no tiem ir darījums, pieteikums vai saskare
figure-deals = Slēgtie darījumi
figure-won-share = Uzvarēts
figure-won-share-hint = no slēgtajiem darījumiem
figure-won = Uzvarētie darījumi
figure-won-hint = kopā, pēc failos dotajām summām
figure-deals-hint = { PLURAL($count) ->
    [zero] un { $count } atvērtu
    [one] un { $count } atvērts
   *[other] un { $count } atvērti
}
figure-touches = Saskares un pieteikumi
figure-touches-hint = { PLURAL($count) ->
    [zero] tostarp { $count } pieteikumu
    [one] tostarp { $count } pieteikums
   *[other] tostarp { $count } pieteikumi
}

# readiness
readiness-title = Gatavība pirkt
readiness-intro = { $customers }, { $part } no visiem, tagad izvēlas vai pērk: vispirms apkalpojiet viņus, pārējos vediet pakāpienu augstāk.
readiness-untouched = { $share } klientu nav ne darījuma, ne pieteikuma, ne saskares: par viņiem zināmi tikai pasūtījumi.
readiness-caption = Klienti pa pakāpieniem un ko darīt katrā
readiness-left-out = Gatavība pirkt: failos nav darījumu, pieteikumu un saskaru.
stages-intro-deals = Pirkumi zināmi tikai no darījumiem, tāpēc parastais laiks starp tiem nav zināms. Ceļš: vienreizējie → atgriežas → pastāvīgie.

# prediction
prediction-title = Kas gaidāms
prediction-intro-revenue = Nākamajās { $days } gaidāmi { $orders }; nākamie 12 mēneši vērti { $value } ieņēmumos. Pirkuši ir { $buyers }, no tiem, domājams, vēl ir { $alive }.
prediction-intro-margin = Nākamajās { $days } gaidāmi { $orders }; nākamie 12 mēneši vērti { $value } uzcenojumā. Pirkuši ir { $buyers }, no tiem, domājams, vēl ir { $alive }.
prediction-model = Paredz { $model }, jo tas vislabāk atbilst vēsturei (Akaikes kritērijs, mazāks ir labāks: { $figures }).
prediction-all-active = Nav redzams, ka kāds būtu aizgājis pavisam, tāpēc visi skaitās esoši.
prediction-alive-title = Kas, domājams, vēl ir
prediction-alive-caption = Pircēji pēc varbūtības, ka nav aizgājuši pavisam
prediction-action = Ko darīt: rakstiet tiem, kas pa vidu, no 20 līdz 80 %. Augstāk esošie nāk paši, zemāk esošie lielākoties ir prom.
prediction-check-title = Vai tāda prognoze piepildījās?
prediction-check = To pašu paredzēja laikam no { $from } līdz { $to } pēc tā, kas bija zināms iepriekš; { $customers }: gaidīti { $expected }, saņemti { $actual }.
prediction-no-check = Vēsture ir par īsu, lai daļu atliktu un uz tās pārbaudītu prognozi.
prediction-of-orders = Pasūtījumi
prediction-of-money = Nauda
prediction-better = { $what }: modelis ir labāks par katru vienkāršu likumu.
prediction-may-be-chance = { $what }: modelis kļūdās mazāk par katru vienkāršu likumu, bet blakus likumam “{ $rule }” tā var būt nejaušība.
prediction-no-better = { $what }: modelis nav labāks par vienkāršo likumu “{ $rule }”: lietojiet likumu.
prediction-worse = { $what }: modelis ir sliktāks par vienkāršo likumu “{ $rule }”: lietojiet likumu.
prediction-the-model = modelis
prediction-came = saņemts
prediction-expected = gaidīts
prediction-cut = no šejienes — prognoze
prediction-weeks-title = Pa nedēļām
prediction-weeks-summary = Šo klientu atkārtotie pasūtījumi, uzkrāti; { $to }: saņemti { $actual }, gaidīti { $expected }.
prediction-weeks-caption = Atkārtotie pasūtījumi uzkrāti
prediction-frequency-title = Pēc tā, cik bieži pasūtīja iepriekš
prediction-frequency-caption = Vidēji pasūtījumu uz klientu atliktajā laikā
prediction-errors-title = Blakus vienkāršiem likumiem
prediction-errors-caption = Par cik prognoze kļūdījās uz klientu (vidējā kvadrāta sakne): mazāk ir labāk
prediction-left-out = Kas gaidāms: neviens vēl nav pasūtījis otrā dienā.
rule-last_half_year = kā pēdējā pusgadā
rule-past_rate = tikpat bieži kā līdz šim
rule-all_past = tikpat, cik visā pagātnē
rule-nothing = nekas
repeats-or-more = { $count } un vairāk

# interests
interests-title = Intereses
interests-intro = { $customers }, { $part } no visiem, tagad par kaut ko interesējas; kategorijas: { $categories }.
interests-caption = Kategorijas ar stiprāko interesi
interests-action = Ko darīt: par jaunumu pastāstiet tiem, kas interesējas par tā kategoriju; kas tikko nopirka, tos netraucējiet.
interests-pairs-title = Kas pie kā der
interests-pairs-summary = “{ $from }” pircēji pērk arī “{ $to }”: { $share } no viņiem pret { $usual } no visiem.
interests-no-pairs = Nav divu kategoriju, kuras droši pirktu kopā biežāk nekā nejauši.
interests-pairs-caption = Pāri, ko tie paši klienti pērk biežāk nekā nejauši; “vismaz” ir apakšējā robeža pie 95 %
interests-pairs-action = Ko darīt: piedāvājiet otro tiem, kam ir tikai pirmais.
interests-left-out = Intereses: failos nav nopirktā kategoriju.
interests-rare = { PLURAL($count) ->
    [zero] { $count } retāku kategoriju nav ņemts vērā.
    [one] { $count } retāka kategorija nav ņemta vērā.
   *[other] { $count } retākas kategorijas nav ņemtas vērā.
}

# attributes
attributes-title = Kas viņi ir
attributes-intro = { PLURAL($count) ->
    [zero] Zināmas { $count } klientu pazīmju; rādītas tās, kas viņus atšķir vislabāk.
    [one] Zināma { $count } klientu pazīme; rādīts tas, kas viņus atšķir vislabāk.
   *[other] Zināmas { $count } klientu pazīmes; rādītas tās, kas viņus atšķir vislabāk.
}
attributes-known = Zināms par { $share } klientu; par pārējiem šeit nekas nav teikts.
attributes-caption = Klienti pēc { $name }
attributes-action = Ko darīt: kur grupa ienes vairāk par savu klientu daļu, meklējiet līdzīgus. Par nezināmo jautājiet.
attributes-left-out = Kas viņi ir: failos nav pazīmes, kas klientus atšķirtu.
nests-title = Kas zināms par uzņēmumiem
nests-intro = Piecas ligzdas no ārpuses uz iekšu: sāciet ar firmu un par nākamo ligzdu jautājiet tikai tur, kur tas palīdz izlemt.
nests-caption = Pazīmes pa ligzdām un uzņēmumu daļa, par kuriem tās zināmas
nest-unknown = vēl nekas
nest-firm = Firma
nest-firm-hint = nozare, lielums, vieta
nest-operation = Kā strādā
nest-operation-hint = tehnoloģija, lietojums, spējas
nest-purchasing = Kā iepērk
nest-purchasing-hint = kas lemj, kārtība, kritēriji
nest-situation = Situācija
nest-situation-hint = steidzamība, pielietojums, pasūtījuma lielums
nest-person = Cilvēki, kas lemj
nest-person-hint = loma, motīvi, attieksme pret risku

# clusters
clusters-title = Grupas pašas no sevis
clusters-intro = Pēc { $features } pircēji ({ $customers }) dalās grupās: { $number }.
clusters-reason-farthest_apart = Ar šādu skaitu grupas ir stabilas un vistālāk cita no citas.
clusters-reason-most_that_are_stable = Grupas nav atdalītas; šis ir lielākais skaits, kas vēl ir stabils.
clusters-reason-least_unstable = Neviens skaits nav stabils: šis ir vismazāk nestabils.
clusters-reason-none_large_enough = Nevienam skaitam visas grupas nav pietiekami lielas: šis ir vismazāk nestabils.
clusters-tried = Izmēģināts no { $from } līdz { $to }; klientus izlozējot no jauna, grupējumi sakrīt par { $agreement }.
clusters-verdict-natural = Datos ir grupas, un tās ir šīs.
clusters-verdict-reproducible = Atsevišķu grupu nav, bet dati katru reizi dalās vienādi: lietot var.
clusters-verdict-constructive = Nav stabili: grupas ir izveidotas, nevis atrastas. Citi tādi paši klienti dalītos citādi. Uzskatiet tās par ērtību, nevis faktu.
clusters-caption = Grupas no lielākās: lielums, kas tajās parasts un cik labi tās atkārtojas, izlozējot no jauna
clusters-rules-title = Kā tās atšķirt
clusters-accuracy = Šie likumi { $share } klientu ieliek savā grupā
clusters-action = Ko darīt: izlasiet likumus, dodiet katrai grupai savu nosaukumu un izlemiet, kas tās klientiem vajadzīgs.
clusters-left-out = Grupas pašas no sevis: pasūtījuši mazāk nekā 300 klientu, vai viņi veido vienu grupu.
feature-recency_days = Dienas kopš pēdējā pasūtījuma
feature-orders = Pasūtījumi
feature-average_order = Vidējais pasūtījums

# rules
rules-title = Jūsu segmenti
rules-intro = Katrs klients ir pirmajā likumā, kas uz viņu attiecas; pārējie ir beigās.
rules-caption = Segmenti pēc jūsu likumiem, katrs ar savu nosacījumu

# deals
deals-title = Darījumi
deals-intro = Pēdējie slēgtie ({ $deals }): { $best } ir A klases, viegli uzvarēti; { $wasted } zaudēti kā C, D vai X.
deals-intro-effort = Pēdējie slēgtie ({ $deals }): { $best } ir A klases, viegli uzvarēti; { $wasted } zaudēti kā C, D vai X un paņēma { $effort } darba.
deals-of = Aplūkoti { $looked } no { $closed } slēgtajiem; atvērti { $open }.
deals-interviews = Slēgtu darījumu vēl nav: to vietā ir ar roku klasificētie.
deals-effort-unknown = Pūles nav zināmas, tāpēc nevar pateikt, cik klases maksā.
deals-effort-partly = Par { $share } no tiem pūles nav zināmas: stundas un izmaksas ir par pārējiem.
deals-caption = Pēdējo slēgto darījumu klases
deals-search-title = Kas A klasei kopīgs
deals-criteria = Šīs pazīmes nav nejaušas: meklējiet vairāk tādu darījumu.
deals-hypotheses = Tās ir tikai hipotēzes: darījumu ir par maz, lai uz tām paļautos.
deals-nothing = Nekas nepārspēj nejaušību: tuvākais nav labāks par to, ko atrastu veiksme.
deals-over = Aplūkoti { $deals } ar klasi; A klases: { $positives } ({ $usual }); pārbaudīti likumi: { $rules }.
deals-part = { $part } no { $whole }
deals-search-caption = Nosacījumi un A klases daļa starp darījumiem, uz kuriem tie attiecas, ar 95 % intervālu
deals-settled = pierādīts
deals-never = nepietiktu pat desmitkārt vairāk
deals-no-search = Nav ko meklēt: pārāk maz darījumu ar klasi, vai visiem tā pati.
deals-left-out = Darījumi: failos nav slēgtu darījumu.
deals-attributes-left-out = { PLURAL($count) ->
    [zero] { $count } pazīmju neder par nosacījumu: tās izpauž iznākumu vai tām ir pārāk daudz tekstu.
    [one] { $count } pazīme neder par nosacījumu: tā izpauž iznākumu vai tai ir pārāk daudz tekstu.
   *[other] { $count } pazīmes neder par nosacījumu: tās izpauž iznākumu vai tām ir pārāk daudz tekstu.
}
segment-deals-A = A: viegli uzvarēti
segment-deals-A-meaning = Uzvarēti ātri, ar maz jautājumiem un mazu atlaidi, ar labu peļņu.
segment-deals-A-action = Meklējiet vairāk tādu klientu.
segment-deals-B = B: uzvarēti ar pūlēm
segment-deals-B-meaning = Uzvarēti, bet lēnāk, ar vairāk jautājumiem vai atlaidi, vai ar mazāku peļņu.
segment-deals-B-action = Noskaidrojiet, kas tos sadārdzināja; apkalpojiet ar mazākām pūlēm.
segment-deals-C = C: daudz pūļu bez rezultāta
segment-deals-C-meaning = Zaudēti pēc lielām pūlēm vai noraidītu nosacījumu dēļ.
segment-deals-C-action = Vispirms noskaidrojiet nosacījumus un apstājieties agrāk.
segment-deals-D = D: nav naudas
segment-deals-D-meaning = Zaudēti, jo nebija naudas.
segment-deals-D-action = Vispirms jautājiet par budžetu; atgriezieties, kad tas būs.
segment-deals-X = X: lieli, ar saviem nosacījumiem
segment-deals-X-meaning = Liels darījums ar īpašiem nosacījumiem, kas zaudēts.
segment-deals-X-action = Izlemiet augšā, vai tādi darījumi vajadzīgi, un attiecīgi nosakiet cenu.
segment-deals-unclear = Neskaidri
segment-deals-unclear-meaning = Zaudēti, un nekas nepasaka, kāpēc.
segment-deals-unclear-action = Pierakstiet zaudēto darījumu iemeslu un pūles.

# effort
effort-title = Pūļu atdeve
effort-intro = { $customers } maksā vairāk, nekā ienes: darbs par { $cost }, bet ienesa { $money }.
effort-intro-none = Neviens, kura pūles zināmas, nemaksā vairāk, nekā ienes.
effort-on-margin = Pēdējo 365 dienu peļņa pret stundām pa { $cost }.
effort-on-revenue = Pēdējo 365 dienu ieņēmumi pret stundām pa { $cost }.
effort-unknown = Par { $share } klientu pūles nav zināmas: šeit viņu nav.
effort-caption = Klienti pēc pūļu atdeves un ko darīt
effort-worst-title = Kas maksā vairāk, nekā ienes
effort-worst-caption = Lielākie zaudējumi, ne vairāk kā desmit
effort-channels-title = Pa kanāliem
effort-channels-caption = Cik maksā apkalpošanas kanāli un ko ienes tajos apkalpotie klienti
effort-left-out = Pūļu atdeve: vajag darījumus vai saskares ar pūlēm un to, cik maksā stunda (--set effort.hour_cost=25).
effort-worst-intro = { PLURAL($count) ->
    [zero] Bez ietekmes, kuras dēļ viņus būtu vērts paturēt: { $count } klientu.
    [one] Bez ietekmes, kuras dēļ viņu būtu vērts paturēt: { $count } klients.
   *[other] Bez ietekmes, kuras dēļ viņus būtu vērts paturēt: { $count } klienti.
}
channel-none = kanāls nav nosaukts

# definitions
method-readiness-term = Gatavība
method-readiness = Bena Hanta kāpnes. Pērk: pasūtījums pēdējās { $buying }. Citi pakāpieni pēc tā, kas noticis kopš pēdējā pasūtījuma pēdējās { $window }: izvēlas — grozs, cenas pieprasījums, atvērts darījums; salīdzina — preču skatīšana vai meklēšana; zina — jebkura cita saskare; citādi vienaldzīgi.
method-prediction-term = Gaidāmie pasūtījumi
method-prediction = Dienas ar pasūtījumu. Visai bāzei pielāgots modelis par to, cik bieži klients pasūta un kad aiziet pavisam; vērtība ir par nākamajiem 12 mēnešiem, vēlāka nauda ir par 10 % gadā lētāka. Varbūtība, ka klients vēl ir, nav pasūtījuma varbūtība.
method-check-term = Prognozes pārbaude
method-check = Pēdējā vēstures ceturtdaļa, ne vairāk par gadu, ir atlikta: modelis pielāgots tam, kas bija iepriekš, un salīdzināts ar to, kas nāca, par katru klientu. Labāks nozīmē mazāku vidējo kvadrātisko kļūdu, un ne nejauši.
method-interests-term = Intereses
method-interests = Katrs kategorijas pirkums sver 1 un ik pēc { $days } — uz pusi mazāk; no puses kopā klients interesējas. Pēc saistības: citas kategorijas pircēji droši pērk arī šo. Kas nopircis ilglaicīgu lietu, ir apmierināts līdz nomaiņai.
method-attributes-term = Pazīmes
method-attributes = Kā teikts failos, pēc jaunākajām ziņām. Rādītas ne vairāk kā četras: zināmas par lielāko daļu klientu, ne gandrīz visiem vienādas un ar nedaudzām vērtībām. Vērtības, kas ir mazāk nekā 1 % klientu, saliktas kopā.
method-clusters-term = Grupas pašas no sevis
method-clusters = k vidējie uz mērogotām vērtībām, lai neviena nesvērtu vairāk mērvienības dēļ. Grupu skaits ir tas, kas vislabāk atkārtojas 50 atkārtotās izlozēs; “atkārtojas” ir vidējais Žakāra indekss. Parastais ir grupas centrs.
method-rules-term = Jūsu segmenti
method-rules = Uzvar pirmais likums, kas izpildās.
method-deals-term = Darījumu klases
method-deals = No pēdējiem slēgtajiem darījumiem ņem mediānas: uzvarētie, kas ne ar ko zināmu nav sliktāki, ir A, citi uzvarētie B; naudas trūkuma dēļ zaudētie D; lieli ar īpašiem nosacījumiem X; ar lielākām pūlēm nekā parasti vai ar noraidītiem nosacījumiem C. A kopīgo meklē starp pazīmēm, kas zināmas, darījumu atverot; nejaušības varbūtība ir labota par visiem pārbaudītajiem likumiem.
method-effort-term = Pūļu atdeve
method-effort = Pēdējo 365 dienu darījumu un saskaru pūles stundās, reizinātas ar stundas cenu, pret to, ko klients tai pašā laikā ienesa. Atmaksājas: vismaz divreiz vairāk; tikko: vismaz tikpat; zaudējumi: mazāk.
kind-deals = darījumi
kind-leads = pieteikumi
kind-touches = saskares
