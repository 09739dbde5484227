# Comitès de compra de les empreses: només el que diuen les dades.

committee-title = Qui decideix plegats
committee-known = Empreses de les quals coneixem la gent: { $known } de { $all }.
committee-few = Amb menys de deu és un indici, no una regla.
committee-none = Cap càrrec no hi és a la meitat o més.
committee-seat = { $seat } ({ $share }): { $more }.
committee-seat-only = { $seat } ({ $share }): no se sap res més.
committee-influence = influència { $influence }
committee-most = la màxima influència, { $influence }
committee-work = motius de feina: { $list }
committee-personal = motius personals: { $list }
committee-interest = s'interessa per: { $list }
committee-more-often = Més sovint que a les altres empreses: { $list }.
seat-financial-director = director financer
seat-technical-director = director tècnic
seat-it-director = director informàtic
seat-commercial-director = director comercial
seat-marketing-director = director de màrqueting
seat-head-of-purchasing = cap de compres
seat-buyer = comprador
seat-director = director
seat-accountant = comptable
seat-lawyer = advocat
seat-engineer = enginyer
seat-secretary = secretari
seat-manager = gestor
