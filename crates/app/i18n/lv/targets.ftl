# Segmenti pēc kritērijiem: segmentu vērtējuma diagramma.

evaluation-title = Kurus segmentus izvēlēties
evaluation-lead = Jo augstāk, jo vairāk segments vērts mums; jo vairāk pa labi, jo vairāk mēs vērti tam. Abi vērtējumi ir no 0 līdz 10 pēc svērtiem kritērijiem. Ar pārtrauktu līniju un bez pildījuma – ko izslēdz obligātais kritērijs.
evaluation-x = Cik mēs vērti viņiem
evaluation-y = Cik viņi vērti mums
evaluation-out = izslēgts
evaluation-out-by = Izslēdz
evaluation-bubble-revenue = Apļa laukums ir pēdējo 365 dienu ieņēmumi.
evaluation-bubble-customers = Apļa laukums ir klientu skaits.
evaluation-caption = Vispirms neizslēgtie, pievilcīgākie augstāk
evaluation-of = { $name }: mums { $y }, viņiem { $x }
knock-out-large_enough = pārāk mazs
knock-out-homogeneous = pārāk dažāds
knock-out-stable = nestabils
knock-out-distinct = līdzīgs citam
knock-out-identifiable = nav atpazīstams
knock-out-reachable = nesasniedzams
knock-out-matches_strengths = nav mūsu stiprā puse
