# Uzņēmumu pirkšanas komitejas: tikai tas, ko saka dati.

committee-title = Kas lemj kopā
committee-known = Uzņēmumi, kuru cilvēki ir zināmi: { $known } no { $all }.
committee-few = Ja to ir mazāk par desmit, tas ir mājiens, nevis likums.
committee-none = Neviena amata nav pusē no tiem.
committee-seat = { $seat } ({ $share }): { $more }.
committee-seat-only = { $seat } ({ $share }): vairāk nekas nav zināms.
committee-influence = ietekme { $influence }
committee-most = vislielākā ietekme: { $influence }
committee-work = darba motīvi: { $list }
committee-personal = personiskie motīvi: { $list }
committee-interest = interesējas par: { $list }
committee-more-often = Biežāk nekā citos uzņēmumos: { $list }.
seat-financial-director = finanšu direktors
seat-technical-director = tehniskais direktors
seat-it-director = IT direktors
seat-commercial-director = komercdirektors
seat-marketing-director = mārketinga direktors
seat-head-of-purchasing = iepirkumu vadītājs
seat-buyer = iepircējs
seat-director = direktors
seat-accountant = grāmatvedis
seat-lawyer = jurists
seat-engineer = inženieris
seat-secretary = sekretārs
seat-manager = vadītājs
