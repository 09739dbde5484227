# Buying committees of companies: only what the data say.

committee-title = Who decides together
committee-known = Companies whose people are known: { $known } of { $all }.
committee-few = Of fewer than ten this is a hint, not a rule.
committee-none = No position is filled in half of them or more.
committee-seat = { $seat } ({ $share }): { $more }.
committee-seat-only = { $seat } ({ $share }): nothing more is known.
committee-influence = influence { $influence }
committee-most = most influence of all, { $influence }
committee-work = wants at work: { $list }
committee-personal = wants for themselves: { $list }
committee-interest = asks about: { $list }
committee-more-often = More often than in the other companies: { $list }.
seat-financial-director = financial director
seat-technical-director = technical director
seat-it-director = IT director
seat-commercial-director = commercial director
seat-marketing-director = marketing director
seat-head-of-purchasing = head of purchasing
seat-buyer = buyer
seat-director = director
seat-accountant = accountant
seat-lawyer = lawyer
seat-engineer = engineer
seat-secretary = secretary
seat-manager = manager
