# Segments per criteris: el gràfic d'avaluació de segments.

evaluation-title = Quins segments triar
evaluation-lead = Com més amunt, més val el segment per a nosaltres; com més a la dreta, més valem nosaltres per a ell. Totes dues notes van de 0 a 10, per criteris ponderats. Amb línia discontínua i buits, els que exclou un criteri eliminatori.
evaluation-x = Què valem per a ells
evaluation-y = Què valen per a nosaltres
evaluation-out = exclòs
evaluation-out-by = Exclòs per
evaluation-bubble-revenue = L'àrea de la bombolla són els ingressos dels últims 365 dies.
evaluation-bubble-customers = L'àrea de la bombolla és el nombre de clients.
evaluation-caption = Primer els no exclosos, els més atractius abans
evaluation-of = { $name }: { $y } per a nosaltres, { $x } per a ells
knock-out-large_enough = massa petit
knock-out-homogeneous = massa heterogeni
knock-out-stable = inestable
knock-out-distinct = igual que un altre
knock-out-identifiable = no identificable
knock-out-reachable = inaccessible
knock-out-matches_strengths = no és el nostre fort
