# Что отчёт спрашивает и отвечает: главы, коротко, тревоги, цели, источники, страницы сегментов, план.

chapter-have = Что у меня есть?
chapter-worry = Что должно тревожить?
chapter-whom = За кем идти?
chapter-who = Кто они?
chapter-monday = Что делать в понедельник
chapter-how = Как это посчитано

short-title = Коротко
short-have = Заказывали { $customers }, из них повторно – { $repeat }.
short-best = Лучшие { $best } клиентов приносят { $part } выручки.
short-worry = { PLURAL($count) ->
    [one] Проверки нашли { $count } замечание к сегментам.
    [few] Проверки нашли { $count } замечания к сегментам.
   *[many] Проверки нашли { $count } замечаний к сегментам.
}
short-worry-none = Сегменты прошли все проверки.
short-cooled = Из { $could }, кто на { $day } покупал недавно, { $did } ({ $share }) остыли или потеряны.
short-lost = Из { $could }, кто на { $day } остывал, { $did } ({ $share }) потеряны.
short-who = Знакомьтесь: { $name }, обычный клиент этого сегмента.
short-whom = Начните с сегмента «{ $segment }»: { $customers }, принёсшие { $sum }.

worries-title = Проверки
worries-left-out = Проверки: сегментов нет, проверять нечего.
worries-intro = { PLURAL($count) ->
    [one] Сегменты приносят деньги, только если они достаточно велики, различны, устойчивы и свежи. Найдено { $count } замечание:
    [few] Сегменты приносят деньги, только если они достаточно велики, различны, устойчивы и свежи. Найдено { $count } замечания, самое весомое – первым:
   *[many] Сегменты приносят деньги, только если они достаточно велики, различны, устойчивы и свежи. Найдено { $count } замечаний, самое весомое – первым:
}
worries-none = Сегменты приносят деньги, только если они достаточно велики, различны, устойчивы и свежи. Все они такие.
worries-more = { PLURAL($count) ->
    [one] Ещё { $count }
    [few] Ещё { $count }
   *[many] Ещё { $count }
}
worries-no = ничего
worries-table-title = Что проверено
worries-table-intro = Устойчивость: клиентов 100 раз выбирали заново и снова делили; 1 значит, что каждый раз вместе оказывались те же клиенты, ниже 0,6 сегменту верить нельзя.
worries-caption = Сегментации и что нашли проверки.
column-segmentation = Сегментация
column-segments = Сегментов
column-least-stable = Наименее устойчивый
column-meaning = Что это значит
column-found = Найдено
stability-high = очень устойчивы
stability-valid = устойчивы
stability-doubtful = сомнительны
stability-unstable = неустойчивы
stability-fixed = границы заданы: меняться нечему

targets-title = Что обещают сегменты
targets-left-out = Что обещают сегменты: никто ничего не заказал.
targets-intro = Большой – не значит перспективный: важно, сколько сегмент приносит, растёт ли он и до кого в нём можно дотянуться.
targets-most = Сегмент «{ $segment }» принёс { $share } выручки последних двенадцати месяцев.
targets-reach-nothing = До кого можно дотянуться, неизвестно: в файлах нет ни почты, ни телефона, ни согласий.
targets-reach-contact = Доступен тот, у кого есть почта или телефон; согласия неизвестны.
targets-reach-consent = Доступен тот, кто дал согласие.
targets-table-title = Размер, рост и ценность
targets-bars = Полосы: сплошная – последние двенадцать месяцев, штриховая – двенадцать месяцев до них, те же клиенты.
targets-caption = Сегменты: что принесли и что обещают.
column-reachable = Доступны
column-returning = С двумя заказами и больше
column-year = Выручка за 12 месяцев
column-growth = К году ранее
column-order-leaves = Один заказ приносит
column-average-ltv = Ценность одного за всё время

origins-title = Откуда они приходят
origins-left-out = Откуда они приходят: в файлах нет ни источников, ни каналов.
origins-intro-source = По источнику, который привёл их первым.
origins-intro-channel = По каналу первого заказа.
origins-most = Где источник известен, чаще всего это «{ $name }» ({ $share }).
origins-best = Люди из «{ $name }» явно чаще других становятся клиентами ({ $share }).
origins-table-title = Источники и что они приносят
origins-bars = Черта поперёк полосы – доля у всех, полоса – 95%-й интервал.
origins-caption = Источники: люди, клиенты и деньги.
origins-costs = Во что обходится клиент из каждого, скажет { $command }, когда файлы импортированы в базу: расходы — файл со столбцами source и cost.
origins-unknown = Неизвестно
column-origin = Источник
column-people = Людей
column-converted = Становятся клиентами
column-index = Индекс, 100 = база

profile-title = Сегменты рядом
profile-intro = Столбец – сегмент, строка – то, чем хотя бы один из них отличается от остальных клиентов. Числа – индексы: 100 – база. ▲ больше, ▼ меньше обычного; · как обычно. Чем гуще цвет, тем больше отличие.
profile-caption = Чем отличаются сегменты; самые большие отличия – первыми.

portraits-title = Сегменты постранично
portraits-left-out = Сегменты постранично: нет сегментов с клиентами.
portraits-intro = По странице на сегмент. Имена вымышлены, всё остальное посчитано. Показано то, чего случай сам по себе не дал бы.
portrait-went = { $day } здесь было { $customers }: осталось { $stayed }, больше всего ушло в «{ $next }» ({ $part }).
portrait-stayed = { $day } здесь было { $customers }: осталось { $stayed }.
portrait-came = Из тех, кто здесь сейчас, { $part } пришли из «{ $from }».
portrait-came-new = Из тех, кто здесь сейчас, { $part } пришли после { $day }.
special-title = Чем отличаются
special-caption = Значения и показатели, которые отличаются от базы; самые большие отличия – первыми.
column-what = Что
column-inside = Здесь
column-base = База
column-when = Когда
goods-of-segment-caption = Что приносит в сегменте больше всего денег.
habits-weekdays = День недели
habits-year = Месяц
habits-hours = Час
habits-busiest = Больше всего заказов: { $name }, { $share }.
habits-key = Столбцы – этот сегмент, черты – вся база.
habits-caption = Доля заказов по дням недели, месяцам и часам.
weekday-short-1 = пн
weekday-short-2 = вт
weekday-short-3 = ср
weekday-short-4 = чт
weekday-short-5 = пт
weekday-short-6 = сб
weekday-short-7 = вс

plan-title = План для каждого сегмента
plan-intro = Что делать с каждым; у кого больше выручки – первым. «По заказу с каждого» – сколько принесло бы, если бы каждый в сегменте заказал ещё раз: предел того, что может сдвинуть действие, а не обещание.
plan-caption = Сегменты: что делать, когда и что это может принести.
column-one-each = По заказу с каждого

card-title = Карточка стратегии
needs-caption = Категории по сегментам; где не хватает больше всего покупателей – первыми.

# Columns of sheets
column-active = Ещё покупают
column-of-first-month = К первому месяцу
column-from = От
column-to = До
column-persona = Персона
column-story = История
column-who-says = Кто это говорит
