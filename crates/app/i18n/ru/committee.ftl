# Закупочные комитеты компаний: только то, что говорят данные.

committee-title = Кто решает вместе
committee-known = Компании, чьи люди известны: { $known } из { $all }.
committee-few = Меньше десяти — это намёк, а не правило.
committee-none = Ни одна должность не встречается у половины из них.
committee-seat = { $seat } ({ $share }): { $more }.
committee-seat-only = { $seat } ({ $share }): больше ничего не известно.
committee-influence = влияние { $influence }
committee-most = наибольшее влияние: { $influence }
committee-work = рабочие мотивы: { $list }
committee-personal = личные мотивы: { $list }
committee-interest = интересуется: { $list }
committee-more-often = Чаще, чем в других компаниях: { $list }.
seat-financial-director = финансовый директор
seat-technical-director = технический директор
seat-it-director = ИТ-директор
seat-commercial-director = коммерческий директор
seat-marketing-director = директор по маркетингу
seat-head-of-purchasing = руководитель закупок
seat-buyer = закупщик
seat-director = директор
seat-accountant = бухгалтер
seat-lawyer = юрист
seat-engineer = инженер
seat-secretary = секретарь
seat-manager = менеджер
