# Отчёт: заголовки, таблицы, графики. Названия сегментов — в segments.ftl, определения — в methods.ftl.

report-title = Отчёт о клиентах
report-subtitle = На конец дня { $day } · { $zone }
skip = К отчёту
contents = Содержание
show-table = Показать таблицей
footer = Отчёт сделан программой Dolka из ваших файлов. Эта страница ничего никуда не отправляла.

customers = { PLURAL($count) ->
    [one] { $count } клиент
    [few] { $count } клиента
   *[many] { $count } клиентов
}
orders = { PLURAL($count) ->
    [one] { $count } заказ
    [few] { $count } заказа
   *[many] { $count } заказов
}
days = { PLURAL($count) ->
    [one] { $count } день
    [few] { $count } дня
   *[many] { $count } дней
}

# Столбцы таблиц
month = Месяц
column-all = Всего
column-age = Месяц жизни
column-anonymous = Без клиента
column-asleep = Спят
column-average = Средний чек
column-best-customers = Лучших клиентов
column-cap = Можно тратить на привлечение одного
column-code = Код
column-cohort = Первый заказ
column-customers = Клиенты
column-file = Файл
column-imported = Загружено
column-kind = Вид
column-ltv-share = Доля всей ценности
column-measure = Показатель
column-median-ltv = Медианная ценность
column-name = Название
column-of-customers = Доля клиентов
column-of-revenue = Доля выручки
column-orders = Заказы
column-quantity = Штук
column-reason = Причина
column-recency = Дней с последнего заказа
column-rejected = Отклонено
column-replaced = Заменено заказов
column-revenue = Выручка
column-rows = Строк
column-segment = Сегмент
column-set-aside = Отложено
column-stage = Стадия
column-tier = Уровень
column-unchanged = Без изменений

# Главные цифры
summary-title = Главное
figure-revenue = Выручка
figure-revenue-hint = за вычетом возвратов; { $share } — без известного клиента
figure-revenue-hint-all = за вычетом возвратов
figure-orders = Заказы
figure-orders-hint = { PLURAL($count) ->
    [one] и { $count } возврат
    [few] и { $count } возврата
   *[many] и { $count } возвратов
}
figure-average = Средний чек
figure-average-hint = выручка, делённая на заказы
figure-buyers = Клиенты с заказами
figure-buyers-hint = { PLURAL($count) ->
    [one] и { $count } клиент без заказов
    [few] и { $count } клиента без заказов
   *[many] и { $count } клиентов без заказов
}
figure-repeat = Покупают повторно
figure-repeat-hint = { PLURAL($count) ->
    [one] { $count } клиент заказал дважды или чаще
    [few] { $count } клиента заказали дважды или чаще
   *[many] { $count } клиентов заказали дважды или чаще
}
figure-period = Период
figure-period-hint = { $first } – { $last }
figure-period-none = заказов пока нет

notes-title = Что учесть, читая эти числа
note-few-buyers = { PLURAL($count) ->
    [one] Заказ сделал только { $count } клиент. Когда покупателей меньше 100, границы сегментов мало что значат: смотрите на людей, а не на буквы.
    [few] Заказы сделали только { $count } клиента. Когда покупателей меньше 100, границы сегментов мало что значат: смотрите на людей, а не на буквы.
   *[many] Заказы сделали только { $count } клиентов. Когда покупателей меньше 100, границы сегментов мало что значат: смотрите на людей, а не на буквы.
}
note-short-history = { PLURAL($count) ->
    [one] В файлах всего { $count } день. Пока истории меньше 90 дней, рано судить, кто ушёл, а кто просто между двумя покупками.
    [few] В файлах всего { $count } дня. Пока истории меньше 90 дней, рано судить, кто ушёл, а кто просто между двумя покупками.
   *[many] В файлах всего { $count } дней. Пока истории меньше 90 дней, рано судить, кто ушёл, а кто просто между двумя покупками.
}
note-empty-group = { $measure }: у стольких клиентов значение одно и то же, что группа { $group } пуста. Равные значения всегда получают одну букву.
note-xyz-one-letter = { $share } клиентов, которых можно отнести к группе, попали в { $letter }, так что XYZ почти не различает их. Больше скажут периоды по кварталу или более широкие границы (25 и 50 %).
note-xyz-one-letter-other = { $share } клиентов, которых можно отнести к группе, попали в { $letter }, так что XYZ почти не различает их. Другие границы или другие периоды могут сказать больше.
note-anonymous-revenue = { $share } выручки — без клиента. Эти деньги входят в итоги, но не входят ни в один сегмент.
note-no-costs = Себестоимости в файлах нет, поэтому пожизненная ценность посчитана по выручке, а не по марже.
note-costs-partly = Себестоимость известна только для { $share } выручки, поэтому пожизненная ценность посчитана по выручке, а не по марже.
note-no-cycle = Ещё никто не покупал в два разных дня, поэтому цикл повторной покупки неизвестен и никого нельзя назвать спящим.
note-no-whole-period = С первого заказа ещё не закончился ни один полный период (месяц, если не задано иное), поэтому ABC–XYZ посчитать нельзя.
note-many-rejected = { $share } строк отклонено. Посмотрите причины в конце отчёта и исправьте файл, прежде чем доверять итогам.

months-title = Выручка по месяцам
months-summary = Лучший месяц — { $month }: { $revenue }.
months-partial = Полосками показан незаконченный месяц.
months-column = { $month }: { $revenue }, { $orders }
months-caption = Выручка и заказы каждого месяца; * месяц не закончен

# Что сделать в первую очередь
first-title = С чего начать
first-intro = Где письмо или звонок окупится лучше всего — по деньгам под вопросом: сколько эти клиенты уже принесли и могут перестать приносить.
first-stake = под вопросом
first-reason = { $customers }; половина молчит { $days } или дольше. По одному обычному заказу от каждого — это { $sum }.
first-keep = Берегите лучших
first-keep-stake = держится на них
first-keep-reason = Чемпионы и лояльные: { $customers }, { $part } всех покупателей, приносят { $share } выручки.
first-left-out = С чего начать: нужны RFM-сегменты клиентов с заказами.

# RFM
rfm-title = RFM-сегменты
rfm-intro = Каждый клиент — по тому, как недавно (R), как часто (F) и на сколько (M) он покупал.
rfm-window = { PLURAL($count) ->
    [one] Учтён только последний { $count } день.
    [few] Учтены только последние { $count } дня.
   *[many] Учтены только последние { $count } дней.
}
rfm-window-all = Учтена вся история.
rfm-left-out = RFM-сегменты: нет заказов от известных клиентов.
rfm-legend = В RFM буква A — худшая, C — лучшая: CCC купили недавно, покупают часто и много; AAA — давно, редко и мало. (В ABC наоборот: A — лучшая.)
rfm-legend-digits = В RFM группа 1 — худшая, { $count } — лучшая. (В ABC наоборот: A — лучшая.)
rfm-r-1 = давно
rfm-r-2 = не так давно
rfm-r-3 = недавно
rfm-f-1 = редко
rfm-f-2 = повторно
rfm-f-3 = часто
treemap-title = Кто ваши клиенты
treemap-summary = Чем больше прямоугольник, тем больше клиентов. Самый большой сегмент — «{ $name }»: { $customers }.
aim-keep = удержать
aim-grow = довести до следующей покупки
aim-wake = разбудить, пока не ушли
aim-win = вернуть
aim-rest = не беспокоить
segments-title = Сегменты по порядку
segments-caption = Сегменты, их доля среди клиентов и в выручке
matrix-title = Все ячейки RFM
matrix-caption = Клиенты в каждой ячейке и их доля выручки. Чем темнее ячейка (в тёмной теме — светлее), тем больше клиентов.
cuts-title = Где проходят границы
cuts-caption = Что значит каждая буква здесь, по встречающимся значениям
group-worst = худшая
group-best = лучшая
measure-recency = R, последний заказ
measure-frequency = F, число заказов
measure-money = M, сумма покупок
measure-average-order = M, средний чек
cut-empty = никого
cut-recency-exact = { PLURAL($count) ->
    [one] { $count } день назад
    [few] { $count } дня назад
   *[many] { $count } дней назад
}
cut-recency-best = { PLURAL($count) ->
    [one] не раньше чем { $count } день назад
    [few] не раньше чем { $count } дня назад
   *[many] не раньше чем { $count } дней назад
}
cut-recency-middle = { PLURAL($count) ->
    [one] от { $from } до { $count } дня назад
    [few] от { $from } до { $count } дней назад
   *[many] от { $from } до { $count } дней назад
}
cut-recency-worst = { PLURAL($count) ->
    [one] { $count } день назад или раньше
    [few] { $count } дня назад или раньше
   *[many] { $count } дней назад или раньше
}
cut-frequency-exact = { PLURAL($count) ->
    [one] { $count } заказ
    [few] { $count } заказа
   *[many] { $count } заказов
}
cut-frequency-best = { PLURAL($count) ->
    [one] { $count } заказ и больше
    [few] { $count } заказа и больше
   *[many] { $count } заказов и больше
}
cut-frequency-middle = { PLURAL($count) ->
    [one] от { $from } до { $count } заказа
    [few] от { $from } до { $count } заказов
   *[many] от { $from } до { $count } заказов
}
cut-frequency-worst = { PLURAL($count) ->
    [one] { $count } заказ и меньше
    [few] { $count } заказа и меньше
   *[many] { $count } заказов и меньше
}
cut-money-exact = { $from }
cut-money-best = { $from } и больше
cut-money-middle = от { $from } до { $to }
cut-money-worst = { $to } и меньше

# ABC–XYZ
abc-xyz-title = ABC–XYZ
abc-xyz-intro = ABC показывает, кто приносит деньги, XYZ — насколько ровно.
abc-xyz-window = Период: { $first } – { $last }, { $period ->
    [week] только полные недели.
    [quarter] только полные кварталы.
   *[month] только полные месяцы.
}
abc-xyz-left-out = ABC–XYZ: нужна выручка известных клиентов хотя бы за один полный период (месяц, если не задано иное).
abc-xyz-matrix-title = Деньги и ровность
abc-xyz-legend = Здесь A — лучшая буква (в RFM — худшая). X покупают ровно, Z — от случая к случаю; о N говорить рано.
abc-xyz-caption = Клиенты в каждой ячейке и их доля выручки; цвет — по выручке
abc-A = основные деньги
abc-B = середина
abc-C = остальные
xyz-X = ровно (до { $limit })
xyz-Y = колеблется (до { $limit })
xyz-Z = случайно (выше { $limit })
xyz-N = слишком новые
abc-xyz-AX = Крупные и ровные: договоритесь об индивидуальных условиях и следите, чтобы им всегда хватало товара.
abc-xyz-AZ = Крупные и случайные: звоните перед сезоном и праздниками; узнайте, что подталкивает их к заказу.
abc-xyz-BX = Ровная середина: индивидуальные предложения, от которых растёт чек.
abc-xyz-CZ = Мелкие и редкие: только сезонные рассылки, без личного времени.
pareto-title = Сколько держится на лучших
pareto-summary = { $part } клиентов ({ $customers }) приносят { $share } выручки.
pareto-axis = клиенты, начиная с лучших
pareto-caption = Лучшие клиенты и их доля выручки

# Пожизненная ценность
ltv-title = Пожизненная ценность
ltv-intro-revenue = Сколько выручки клиент приносит за срок жизни в { $months } мес. На привлечение клиента стоит тратить не больше трети этой суммы.
ltv-intro-margin = Сколько маржи клиент приносит за срок жизни в { $months } мес. На привлечение клиента стоит тратить не больше трети этой суммы.
ltv-provisional = { PLURAL($count) ->
    [one] Для { $count } клиента в первые 30 дней это лишь первая прикидка.
    [few] Для { $count } клиентов в их первые 30 дней это лишь первая прикидка.
   *[many] Для { $count } клиентов в их первые 30 дней это лишь первая прикидка.
}
ltv-left-out = Пожизненная ценность: нет заказов от известных клиентов.
ltv-caption = Уровни по пожизненной ценности

# Стадии
stages-title = Стадии покупки
stages-intro = { PLURAL($count) ->
    [one] Обычно клиенты возвращаются примерно через { $count } день. Кто молчит дольше своего обычного срока, тот спит. Путь: разовые → возвращающиеся → постоянные.
    [few] Обычно клиенты возвращаются примерно через { $count } дня. Кто молчит дольше своего обычного срока, тот спит. Путь: разовые → возвращающиеся → постоянные.
   *[many] Обычно клиенты возвращаются примерно через { $count } дней. Кто молчит дольше своего обычного срока, тот спит. Путь: разовые → возвращающиеся → постоянные.
}
stages-intro-unknown = Ещё никто не покупал в два разных дня, поэтому обычный срок между покупками неизвестен. Путь: разовые → возвращающиеся → постоянные.
stages-left-out = Стадии покупки: клиентов нет.
stages-caption = Клиенты по стадиям
stages-awake = активны
stages-asleep = спят

# Объём
volume-title = Розница и опт
volume-intro = Клиенты по тому, сколько они обычно берут за один заказ.
volume-left-out = Розница и опт: нет заказов от известных клиентов.
volume-caption = Клиенты по размеру обычного заказа

# Когорты
cohorts-title = Возвращаются ли они?
cohorts-intro = Строка — все, чей первый заказ пришёлся на этот месяц; столбец — месяц их жизни как клиентов.
cohorts-summary = { $share } из них заказывают снова в следующем месяце после первого.
cohorts-cut = { PLURAL($count) ->
    [one] Показан { $count } последний месяц.
    [few] Показаны { $count } последних месяца.
   *[many] Показано { $count } последних месяцев.
}
cohorts-left-out = Возвращаемость: нет заказов от известных клиентов.
cohorts-caption = Доля новых клиентов каждого месяца, которые делали заказ в каждом следующем
cohorts-partial = (* месяц не закончен)
cohorts-show-money = Показать деньги
cohorts-money-caption = Выручка от новых клиентов каждого месяца по месяцам их жизни

# Товары
goods-title = Что они покупают
goods-left-out = Что они покупают: в файлах нет ни товаров, ни категорий.
goods-categories = Категории
goods-categories-caption = Категории с наибольшей выручкой; полоски — относительно первой
goods-products = Товары
goods-products-caption = Товары с наибольшей выручкой; полоски — относительно первого

left-out-title = Чего в этом отчёте нет
