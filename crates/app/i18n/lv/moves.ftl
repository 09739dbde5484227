# Kas mainījies starp divām dienām.

changes-title = Kas mainījies
changes-intro = Katrs stabiņš ir segments vienā dienā: pa kreisi toreiz, pa labi tagad. Josla ir klienti, kas pārgājuši no viena segmenta citā: jo to vairāk, jo tā biezāka.
changes-left-out = Kas mainījies: vēsture ir pārāk īsa, lai atskatītos.
changes-rfm-title = RFM toreiz un tagad
changes-stages-title = Pirkšanas posmi toreiz un tagad
changes-summary = Toreiz zināmi: { $before }. Tagad citā segmentā ir { $changed } no tiem ({ $share }).
changes-came = { PLURAL($count) ->
    [zero] Kopš tā laika atnākuši { $count } klientu.
    [one] Kopš tā laika atnācis { $count } klients.
   *[other] Kopš tā laika atnākuši { $count } klienti.
}
changes-ribbon = { $from } → { $to }: { $customers }, { $row } no turienes klientiem, { $start } no visiem toreiz
changes-caption = Kurš kurp pārgājis: daļa no segmenta klientiem un no visiem, kas toreiz bija zināmi
changes-counted-title = Svarīgās pārejas
changes-counted-caption = Kas varēja pāriet, kas pārgāja un kāda tā ir daļa ar 95 % intervālu
changes-wanted = vēlama
changes-unwanted = jānovērš
column-were-in = Bija
column-are-in = Tagad
column-of-row = No turienes
column-of-start = No visiem toreiz
column-move = Pāreja
column-could = Varēja
column-did = Pārgāja
segment-not-yet-known = Vēl nav zināmi

move-bought_again = Jaunie: pirka atkal
move-became_loyal = Augošie: kļuva lojāli
move-became_champions = Lojālie: kļuva par čempioniem
move-woken = Atdziestošie: pamodināti
move-won_back = Zaudētie: atgūti
move-cooled = Nesenie: atdzisa vai zaudēti
move-lost = Atdziestošie: zaudēti
move-first_purchase = Nebija pirkuši: pirmais pirkums
move-second_purchase = Vienreizējie: atgriezās
move-became_regular = Kas atgriežas: kļuva pastāvīgi
move-woke_up = Aizmigušie: pamodās
move-fell_asleep = Nomodā: aizmiga
move-no_longer_regular = Pastāvīgie: vairs nav

# kohortas
cohorts-show-value = Rādīt klienta vērtību pēc vecuma
cohorts-value-caption = Ieņēmumi līdz katra dzīves mēneša beigām uz katru mēneša jauno klientu, arī aizgājušajiem
