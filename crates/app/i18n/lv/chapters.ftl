# Ko pārskats jautā un atbild: nodaļas, īsumā, bažas, mērķi, izcelsme, segmentu lapas, plāns.

chapter-have = Kas man ir?
chapter-worry = Kas mani var satraukt?
chapter-whom = Pie kā doties?
chapter-who = Kas viņi ir?
chapter-monday = Ko darīt pirmdien
chapter-how = Kā tas saskaitīts

short-title = Īsumā
short-have = Pasūtījuši: { $customers }, no tiem atkārtoti – { $repeat }.
short-best = Labākie { $best } klientu dod { $part } ieņēmumu.
short-worry = { PLURAL($count) ->
    [zero] Pārbaudes segmentos atrada { $count } lietu, uz ko paskatīties.
    [one] Pārbaudes segmentos atrada { $count } lietu, uz ko paskatīties.
   *[other] Pārbaudes segmentos atrada { $count } lietas, uz ko paskatīties.
}
short-worry-none = Segmenti ir izturējuši visas pārbaudes.
short-cooled = No { $could }, kas { $day } bija nesen pirkuši, { $did } ({ $share }) ir atdzisuši vai zaudēti.
short-lost = No { $could }, kas { $day } atdzisa, { $did } ({ $share }) ir zaudēti.
short-who = Iepazīstieties: { $name }, šī segmenta parastais klients.
short-whom = Sāciet ar “{ $segment }”: { $customers }, kas līdz šim devuši { $sum }.

worries-title = Pārbaudes
worries-left-out = Pārbaudes: nav segmentu, ko pārbaudīt.
worries-intro = { PLURAL($count) ->
    [zero] Segmenti dod naudu tikai tad, ja tie ir pietiekami lieli, atšķirīgi, stabili un svaigi. Neizpildās { $count } lietu, svarīgākā – pirmā:
    [one] Segmenti dod naudu tikai tad, ja tie ir pietiekami lieli, atšķirīgi, stabili un svaigi. Neizpildās { $count } lieta:
   *[other] Segmenti dod naudu tikai tad, ja tie ir pietiekami lieli, atšķirīgi, stabili un svaigi. Neizpildās { $count } lietas, svarīgākā – pirmā:
}
worries-none = Segmenti dod naudu tikai tad, ja tie ir pietiekami lieli, atšķirīgi, stabili un svaigi. Visi tādi ir.
worries-more = { PLURAL($count) ->
    [zero] Vēl { $count }
    [one] Vēl { $count }
   *[other] Vēl { $count }
}
worries-no = nekas
worries-table-title = Kas pārbaudīts
worries-table-intro = Stabilitāte: klienti 100 reizes izlozēti no jauna un atkal sadalīti; 1 nozīmē, ka katru reizi kopā bija tie paši klienti, zem 0,6 segmentam nevar ticēt.
worries-caption = Segmentācijas un ko atrada pārbaudes.
column-segmentation = Segmentācija
column-segments = Segmenti
column-least-stable = Vismazāk stabilais
column-meaning = Ko tas nozīmē
column-found = Atrasts
stability-high = ļoti stabili
stability-valid = stabili
stability-doubtful = apšaubāmi
stability-unstable = nestabili
stability-fixed = fiksētas robežas: nav kam mainīties

targets-title = Ko segmenti sola
targets-left-out = Ko segmenti sola: neviens nav pasūtījis.
targets-intro = Liels nenozīmē daudzsološs: svarīgi, ko segments dod, vai tas aug un ko tajā var sasniegt.
targets-most = “{ $segment }” deva { $share } pēdējo divpadsmit mēnešu ieņēmumu.
targets-reach-nothing = Ko var sasniegt, nav zināms: failos nav ne e-pasta, ne tālruņa, ne piekrišanu.
targets-reach-contact = Sasniedzams ir tas, kam ir e-pasts vai tālrunis; piekrišanas nav zināmas.
targets-reach-consent = Sasniedzams ir tas, kas devis piekrišanu.
targets-table-title = Lielums, izaugsme un vērtība
targets-bars = Joslas: pilnā – pēdējie divpadsmit mēneši, svītrotā – divpadsmit mēneši pirms tiem, tie paši klienti.
targets-caption = Segmenti: ko tie deva un ko sola.
column-reachable = Sasniedzami
column-returning = Ar diviem un vairāk pasūtījumiem
column-year = Ieņēmumi 12 mēnešos
column-growth = Pret gadu iepriekš
column-order-leaves = Viens pasūtījums dod
column-average-ltv = Viena klienta mūža vērtība

origins-title = No kurienes viņi nāk
origins-left-out = No kurienes viņi nāk: failos nav ne avotu, ne kanālu.
origins-intro-source = Pēc avota, kas viņus atveda pirmais.
origins-intro-channel = Pēc pirmā pasūtījuma kanāla.
origins-most = Kur avots ir zināms, visbiežāk tas ir “{ $name }” ({ $share }).
origins-best = Cilvēki no “{ $name }” par klientiem kļūst skaidri biežāk nekā citi ({ $share }).
origins-table-title = Avoti un ko tie dod
origins-bars = Svītra pāri joslai ir visu kopējā konversija, josla – 95% intervāls.
origins-caption = Avoti: cilvēki, klienti un nauda.
origins-costs = Cik maksā klients no katra, pasaka { $command }, kad faili ir importēti bāzē: izmaksas ir fails ar kolonnām source un cost.
origins-unknown = Nav zināms
column-origin = Avots
column-people = Cilvēki
column-converted = Kļūst par klientiem
column-index = Indekss, 100 = bāze

profile-title = Segmenti blakus
profile-intro = Katra sleja ir segments, katra rinda – kaut kas, ar ko vismaz viens no tiem atšķiras no pārējiem klientiem. Skaitļi ir indeksi: 100 ir bāze. ▲ vairāk, ▼ mazāk nekā parasti; · kā parasti. Jo spilgtāka krāsa, jo lielāka atšķirība.
profile-caption = Ar ko segmenti atšķiras; lielākās atšķirības – pirmās.

portraits-title = Segmenti pa lapām
portraits-left-out = Segmenti pa lapām: nav segmentu ar klientiem.
portraits-intro = Katram segmentam sava lapa. Vārdi ir izdomāti, viss pārējais ir saskaitīts. Rādīts tas, ko nejaušība vien neradītu.
portrait-went = { $day } šeit bija { $customers }: palika { $stayed }, visvairāk pārgāja uz “{ $next }” ({ $part }).
portrait-stayed = { $day } šeit bija { $customers }: palika { $stayed }.
portrait-came = No tiem, kas šeit ir tagad, { $part } nāca no “{ $from }”.
portrait-came-new = No tiem, kas šeit ir tagad, { $part } atnāca pēc { $day }.
special-title = Kas ir īpašs
special-caption = Vērtības un rādītāji, kas atšķiras no bāzes; lielākās atšķirības – pirmās.
column-what = Kas
column-inside = Šeit
column-base = Bāze
column-when = Kad
goods-of-segment-caption = Kas šajā segmentā dod visvairāk naudas.
habits-weekdays = Nedēļas diena
habits-year = Mēnesis
habits-hours = Stunda
habits-busiest = Visvairāk pasūtījumu: { $name }, { $share }.
habits-key = Stabiņi – šis segments, svītras – visa bāze.
habits-caption = Pasūtījumu daļa pa nedēļas dienām, mēnešiem un stundām.
weekday-short-1 = P
weekday-short-2 = O
weekday-short-3 = T
weekday-short-4 = C
weekday-short-5 = Pk
weekday-short-6 = S
weekday-short-7 = Sv

plan-title = Plāns katram segmentam
plan-intro = Ko darīt ar katru; kam lielāki ieņēmumi – pirmais. “Pa pasūtījumam no katra” ir tas, ko dotu, ja katrs segmentā pasūtītu vēlreiz: vairāk darbība nevar izkustināt, tas nav solījums.
plan-caption = Segmenti: ko darīt, kad un ko tas var dot.
column-one-each = Pa pasūtījumam no katra

card-title = Stratēģijas kartīte
needs-caption = Kategorijas pa segmentiem; kur trūkst visvairāk pircēju – pirmās.

# Columns of sheets
column-active = Vēl pērk
column-of-first-month = Pret pirmo mēnesi
column-from = No
column-to = Līdz
column-persona = Persona
column-story = Stāsts
column-who-says = Kas to saka
