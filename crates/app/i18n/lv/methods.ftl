# Kā katrs skaitlis ir noteikts, kādi bija faili un kāpēc daļa rindu netiek skaitīta.

methods-title = Kā skaitļi ir aprēķināti
methods-intro = Tie paši faili un tā pati diena vienmēr dod tos pašus skaitļus.
method-as-of-term = Stāvokļa diena
method-as-of = Skaitās tikai tas, kas noticis šajā dienā vai agrāk. Dienas skaita augšā norādītajā laika joslā.
method-revenue-term = Ieņēmumi
method-revenue = Visas pasūtījumu rindas, atskaitot atgriezto. Nauda bez zināma klienta skaitās tikai kopsummās.
method-order-term = Pasūtījums un atgriešana
method-order = Rindas ar vienu numuru ir viens pasūtījums. Ja visas rindas ir negatīvas, tā ir atgriešana: tā samazina ieņēmumus un nav pasūtījums.
method-average-term = Vidējais pasūtījums
method-average = Ieņēmumi, dalīti ar pasūtījumu skaitu.
method-stake-term = Nauda uz spēles
method-stake = Cik segmenta klienti atnesuši līdz šim. Segmentus, kuros puse nav pirkusi vairāk nekā gadu, nepiedāvā. «Viens ierasts pasūtījums no katra» ir klientu skaits, reizināts ar vidējo pasūtījumu: iespējas lielums, nevis prognoze.
method-rfm-term = RFM
method-rfm = R: dienas kopš pēdējā pasūtījuma; F: pasūtījumu skaits; M: iztērētā summa, atskaitot atgriezto. Katru mēru dala iespējami vienādās grupās; vienādas vērtības vienmēr ir vienā grupā.
method-rfm-average-term = RFM
method-rfm-average = R: dienas kopš pēdējā pasūtījuma; F: pasūtījumu skaits; M: vidējais pasūtījums. Katru mēru dala iespējami vienādās grupās; vienādas vērtības vienmēr ir vienā grupā.
method-rfm-names-term = Segmentu nosaukumi
method-rfm-names = Nosaukumu nosaka R un F; čempioni ir lojālie ar labāko M. Kam ir tikai atgriešanas, tas ir bez pasūtījumiem.
method-abc-term = ABC
method-abc = Klienti ieņēmumu dilstošā secībā: A, līdz sasniegti { $first } ieņēmumu, tad B līdz { $second }, pārējie C.
method-xyz-term = XYZ
method-xyz = Cik ļoti klienta ieņēmumi svārstās { $period ->
    [week] pa nedēļām
    [quarter] pa ceturkšņiem
   *[month] pa mēnešiem
}: standartnovirze, dalīta ar vidējo, kopš pirmā pirkuma, skaitot arī tukšos periodus. X līdz { $first }, Y līdz { $second }, Z virs tā; N ir mazāk par trim periodiem.
method-ltv-term = Mūža vērtība
method-ltv = Vidējais pasūtījums × pasūtījumi mēnesī × mūžs mēnešos, pēc ieņēmumiem. Mūžs ir vidējais laiks starp pirmo un pēdējo pasūtījumu tiem atkārtotajiem klientiem, kuri jau guļ.
method-ltv-margin-term = Mūža vērtība
method-ltv-margin = Vidējais pasūtījums × pasūtījumi mēnesī × mūžs mēnešos, pēc peļņas. Mūžs ir vidējais laiks starp pirmo un pēdējo pasūtījumu tiem atkārtotajiem klientiem, kuri jau guļ.
method-ltv-predicted-term = Mūža vērtība
method-ltv-predicted = Nākamo 12 mēnešu sagaidāmā vērtība, pēc ieņēmumiem: modelis par to, kad klienti pasūta un kad aiziet, ir pielāgots visai bāzei, otrs nosaka, cik vērti ir viņu pasūtījumi, un vēlāka nauda sver mazāk.
method-ltv-predicted-margin-term = Mūža vērtība
method-ltv-predicted-margin = Nākamo 12 mēnešu sagaidāmā vērtība, pēc peļņas: modelis par to, kad klienti pasūta un kad aiziet, ir pielāgots visai bāzei, otrs nosaka, cik vērti ir viņu pasūtījumi, un vēlāka nauda sver mazāk.
method-tiers-term = Līmeņi un robežas
method-tiers = VIP ir labākā desmitā daļa pircēju, standarta ir nākamās četras desmitdaļas, ekonomiskie ir otra puse. Klienta piesaistei drīkst tērēt ne vairāk kā trešdaļu līmeņa vērtības mediānas.
method-stages-term = Posmi
method-stages = Vienreizējie: viens pasūtījums. Pastāvīgie: četri pasūtījumi vai vairāk pēdējās 365 dienās, un neguļ. Atgriežas: pārējie ar diviem pasūtījumiem vai vairāk.
method-asleep-term = Guļ
method-asleep = Kopš pēdējā pasūtījuma pagājis vairāk dienu nekā viens atkārtošanas cikls: paša klienta pirkumu starplaiku mediāna vai, ja starplaiku ir mazāk par trim, visu klientu mediāna.
method-volume-term = Mazumā un vairumā
method-volume = Pēc pasūtījuma daudzuma mediānas: sīkvairums no 10 vienībām, vairums no 100. Ja failos daudzuma nav, pēc pasūtījuma summas: no 5 un no 25 mediānām.
method-cohorts-term = Atgriešanās
method-cohorts = Klienti ar pasūtījumu šajā mēnesī, dalīti ar visiem, kuru pirmais pasūtījums bija rindas mēnesī.
method-settings = Šī pārskata iestatījumi: { $settings }. Kur vārdi iepriekš atšķiras, spēkā ir šie.

sources-title = No kurienes šie skaitļi
sources-intro = Katra nolasītā rinda ir ielādēta, noraidīta, atlikta malā vai nemainīta.
sources-none = Skaitļi ir no bāzes, kas failus nenosauc.
sources-caption = Faili un kas noticis ar to rindām
reasons-caption = Kāpēc rindas netiek skaitītas
kind-orders = pasūtījumi
kind-customers = klienti
kind-products = preces

rejected = Noraidīta
rejected-E_COLUMNS = Par daudz vai par maz šūnu
rejected-E_DATE = Nav datums
rejected-E_ENCODING = Burti, ko nevar izlasīt
rejected-E_EXCEL_SCI = Skaitlis, ko sabojājis Excel (9,12E+10)
rejected-E_FIELD_TOO_LONG = Pārāk gara šūna
rejected-E_FUTURE = Datums nākotnē
rejected-E_NUL = Nulles baits tekstā
rejected-E_NUMBER = Nav skaitlis
rejected-E_TYPE = Cita veida vērtība
rejected-E_QUOTE = Neaizvērtas pēdiņas
rejected-E_CELL = Izklājlapas kļūda (#REF!)
rejected-E_JSON = Nav JSON objekts
rejected-E_MISSING = Vajadzīgā šūna ir tukša
rejected-E_RANGE = Pārāk liels skaitlis
rejected-E_TOTAL = Kopsumma, nevis dati
rejected-E_ID = Nederīgs identifikators
rejected-E_TWICE = Viena un tā pati vieta minēta divreiz ar atšķirīgām vērtībām
rejected-E_LIMIT = Vairāk rindu, nekā šādā tabulā drīkst būt
rejected-E_EMAIL = Nav e-pasta adrese
rejected-E_PHONE = Nav tālruņa numurs
rejected-E_CURRENCY = Nav valūta
rejected-E_RATE = Nav valūtas kursa šai dienai
rejected-E_ZONE = Nezināma laika josla
set-aside = Atlikta malā pēc noteikuma
set-aside-cancelled = Atcelts pasūtījums
set-aside-header = Atkārtota galvene
set-aside-heading = Grupas virsraksts
set-aside-blank = Tukša rinda
set-aside-footer = Rinda zem tabulas
set-aside-other = Cita veida rinda
