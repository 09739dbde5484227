# Разделы помимо сегментов по заказам: ожидания, интересы, группы, сделки, усилия.

# shared
how-counted = Как посчитаны эти числа
deals = { PLURAL($count) ->
    [one] { $count } сделка
    [few] { $count } сделки
   *[many] { $count } сделок
}

# columns
column-average-deal = Средняя сделка
column-bias = Завышено (+) или занижено (−)
column-brought = Принесли
column-buys-too = Ещё покупают
column-by-purchases = По покупкам
column-by-relation = По связи
column-came = Пришло
column-category = Категория
column-channel = Канал
column-class = Класс
column-cluster = Группа
column-condition = Условие
column-contacts = Контакты
column-conversion = Выиграно
column-cost = Стоимость труда
column-customer = Клиент
column-cycle = Дней до закрытия
column-deals = Сделки
column-effort = Усилия
column-expected = Ожидалось
column-hours = Часы
column-interested = Интересуются сейчас
column-interval = От – до
column-interval-bar = Доля с интервалом; черта — все сделки
column-known = Что известно
column-left = Осталось
column-luck = Вероятность случайности
column-money = Деньги на клиента
column-more-deals = Сколько ещё сделок нужно
column-nest = Гнездо
column-of-class-a = Из них класса A
column-of-deals = Доля сделок
column-pair-bound = Не меньше
column-pair-share = Из них
column-pair-usual = Из всех
column-predicted-by = Чем предсказано
column-probability = Вероятность
column-repeats = Повторных заказов до того
column-satisfied = Пока довольны
column-share = Доля
column-stability = Воспроизводится
column-step = Ступень
column-until = До
column-value = Значение
column-who-buys = Покупатели

# figures of a base without orders
figure-customers = Клиенты
figure-customers-hint = у { $share } есть сделка, лид или контакт
figure-deals = Закрытые сделки
figure-won-share = Выиграно
figure-won-share-hint = из закрытых сделок
figure-won = Выигранные сделки
figure-won-hint = вместе, по суммам из файлов
figure-deals-hint = { PLURAL($count) ->
    [one] и { $count } открыта
    [few] и { $count } открыты
   *[many] и { $count } открыто
}
figure-touches = Контакты и лиды
figure-touches-hint = { PLURAL($count) ->
    [one] из них { $count } лид
    [few] из них { $count } лида
   *[many] из них { $count } лидов
}

# readiness
readiness-title = Готовность к покупке
readiness-intro = { $customers }, { $part } всех, сейчас выбирают или покупают: займитесь ими первыми, остальных ведите на ступень выше.
readiness-untouched = У { $share } клиентов нет ни сделки, ни лида, ни контакта: о них известны только заказы.
readiness-caption = Клиенты по ступеням и что делать на каждой
readiness-left-out = Готовность к покупке: в файлах нет сделок, лидов и контактов.
stages-intro-deals = О покупках известно только из сделок, поэтому обычный срок между ними неизвестен. Путь: разовые → возвращающиеся → постоянные.

# prediction
prediction-title = Чего ожидать
prediction-intro-revenue = За следующие { $days } ожидается { $orders }; ближайшие 12 месяцев стоят { $value } по выручке. Покупали { $buyers }, из них, вероятно, с вами ещё { $alive }.
prediction-intro-margin = За следующие { $days } ожидается { $orders }; ближайшие 12 месяцев стоят { $value } по марже. Покупали { $buyers }, из них, вероятно, с вами ещё { $alive }.
prediction-model = Предсказывает { $model }: она лучше всех описывает историю (критерий Акаике, меньше — лучше: { $figures }).
prediction-all-active = Не видно, чтобы кто-то ушёл насовсем, поэтому все считаются действующими.
prediction-alive-title = Кто, вероятно, ещё с вами
prediction-alive-caption = Покупатели по вероятности, что они не ушли насовсем
prediction-action = Что делать: пишите тем, кто посередине, от 20 до 80 %. Кто выше — придёт сам, кто ниже — большей частью ушёл.
prediction-check-title = Сбылось бы такое предсказание?
prediction-check = То же предсказали на время с { $from } по { $to } по тому, что было известно раньше; { $customers }: ожидалось { $expected }, пришло { $actual }.
prediction-no-check = История слишком коротка, чтобы отложить её часть и проверить на ней предсказание.
prediction-of-orders = Заказы
prediction-of-money = Деньги
prediction-better = { $what }: модель лучше любого простого правила.
prediction-may-be-chance = { $what }: модель ошибается меньше любого простого правила, но рядом с правилом «{ $rule }» это может быть случайностью.
prediction-no-better = { $what }: модель не лучше простого правила «{ $rule }»: пользуйтесь правилом.
prediction-worse = { $what }: модель хуже простого правила «{ $rule }»: пользуйтесь правилом.
prediction-the-model = модель
prediction-came = пришло
prediction-expected = ожидалось
prediction-cut = отсюда — предсказание
prediction-weeks-title = По неделям
prediction-weeks-summary = Повторные заказы этих клиентов нарастающим итогом, { $to }: пришло { $actual }, ожидалось { $expected }.
prediction-weeks-caption = Повторные заказы нарастающим итогом
prediction-frequency-title = По тому, как часто заказывали раньше
prediction-frequency-caption = Заказов на клиента за проверочное время, в среднем
prediction-errors-title = Рядом с простыми правилами
prediction-errors-caption = На сколько ошиблось предсказание на клиента (корень из среднего квадрата): меньше — лучше
prediction-left-out = Чего ожидать: ещё никто не заказал во второй день.
rule-last_half_year = как за последние полгода
rule-past_rate = так же часто, как до сих пор
rule-all_past = столько же, сколько за всё прошлое
rule-nothing = вообще ничего
repeats-or-more = { $count } и больше

# interests
interests-title = Интересы
interests-intro = { $customers }, { $part } всех, сейчас чем-то интересуются; категорий { $categories }.
interests-caption = Категории с самым сильным интересом
interests-action = Что делать: о новинке скажите тем, кто интересуется её категорией; кто только что купил, того не беспокойте.
interests-pairs-title = Что к чему покупают
interests-pairs-summary = Покупатели «{ $from }» покупают и «{ $to }»: { $share } из них против { $usual } всех.
interests-no-pairs = Нет двух категорий, которые точно покупают вместе чаще, чем случайно.
interests-pairs-caption = Пары, которые одни и те же клиенты покупают чаще, чем случайно; «не меньше» — нижняя граница при 95 %
interests-pairs-action = Что делать: предложите второе тем, у кого есть только первое.
interests-left-out = Интересы: в файлах нет категорий купленного.
interests-rare = { PLURAL($count) ->
    [one] { $count } более редкая категория не учтена.
    [few] { $count } более редкие категории не учтены.
   *[many] { $count } более редких категорий не учтено.
}

# attributes
attributes-title = Кто они
attributes-intro = { PLURAL($count) ->
    [one] Известен { $count } признак клиентов; показано то, что различает их лучше всего.
    [few] Известны { $count } признака клиентов; показаны те, что различают их лучше всего.
   *[many] Известно { $count } признаков клиентов; показаны те, что различают их лучше всего.
}
attributes-known = Известно о { $share } клиентов; об остальных здесь ничего не сказано.
attributes-caption = Клиенты по признаку { $name }
attributes-action = Что делать: где группа приносит больше своей доли клиентов, ищите похожих. О неизвестном спрашивайте.
attributes-left-out = Кто они: в файлах нет признака, который различал бы клиентов.
nests-title = Что известно о компаниях
nests-intro = Пять гнёзд снаружи внутрь: начните с фирмы и спрашивайте о следующем гнезде только там, где это поможет решить.
nests-caption = Признаки по гнёздам и доля компаний, о которых они известны
nest-unknown = пока ничего
nest-firm = Фирма
nest-firm-hint = отрасль, размер, место
nest-operation = Как работает
nest-operation-hint = технологии, пользование, возможности
nest-purchasing = Как закупает
nest-purchasing-hint = кто решает, порядок, критерии
nest-situation = Ситуация
nest-situation-hint = срочность, применение, размер заказа
nest-person = Кто принимает решение
nest-person-hint = роль, мотивы, отношение к риску

# clusters
clusters-title = Группы сами по себе
clusters-intro = Покупатели ({ $customers }) делятся на группы: { $number }. Признаки: { $features }.
clusters-reason-farthest_apart = При таком числе группы устойчивы и дальше всего друг от друга.
clusters-reason-most_that_are_stable = Группы не отделены друг от друга; это наибольшее число, при котором они ещё устойчивы.
clusters-reason-least_unstable = Ни одно число не даёт устойчивых групп: при этом они неустойчивы меньше всего.
clusters-reason-none_large_enough = Ни при каком числе все группы не достаточно велики: при этом они неустойчивы меньше всего.
clusters-tried = Пробовали от { $from } до { $to }; при повторной выборке клиентов разбиения совпадают на { $agreement }.
clusters-verdict-natural = В данных есть группы, и это они.
clusters-verdict-reproducible = Отдельных групп нет, но данные каждый раз делятся одинаково: пользоваться можно.
clusters-verdict-constructive = Неустойчиво: группы сделаны, а не найдены. Другие такие же клиенты разделились бы иначе. Считайте их удобством, а не фактом.
clusters-caption = Группы от большей к меньшей: размер, что в них обычно и насколько они воспроизводятся при повторной выборке
clusters-rules-title = Как их различить
clusters-accuracy = Эти правила относят к своей группе { $share } клиентов
clusters-action = Что делать: прочтите правила, дайте каждой группе своё имя и решите, что нужно её клиентам.
clusters-left-out = Группы сами по себе: покупателей меньше 300, или они образуют одну группу.
feature-recency_days = Дней с последнего заказа
feature-orders = Заказы
feature-average_order = Средний заказ

# rules
rules-title = Ваши сегменты
rules-intro = Каждый клиент попадает в первое правило, которое для него выполнено; остальные — в конце.
rules-caption = Сегменты по вашим правилам, каждый со своим условием

# deals
deals-title = Сделки
deals-intro = Последние закрытые ({ $deals }): { $best } класса A, выиграны легко; { $wasted } проиграны как C, D или X.
deals-intro-effort = Последние закрытые ({ $deals }): { $best } класса A, выиграны легко; { $wasted } проиграны как C, D или X и заняли { $effort } труда.
deals-of = Рассмотрено { $looked } из { $closed } закрытых; открыто { $open }.
deals-interviews = Закрытых сделок ещё нет: вместо них — те, чей класс указан вручную.
deals-effort-unknown = Усилия неизвестны, поэтому не сказать, чего стоят классы.
deals-effort-partly = Для { $share } из них усилия неизвестны: часы и стоимость — по остальным.
deals-caption = Классы последних закрытых сделок
deals-search-title = Что общего у класса A
deals-criteria = Эти признаки не случайны: ищите больше таких сделок.
deals-hypotheses = Это только гипотезы: сделок слишком мало, чтобы на них полагаться.
deals-nothing = Ничто не лучше случая: ближайшее не лучше того, что нашлось бы наугад.
deals-over = Рассмотрено: { $deals } с классом; класса A: { $positives } ({ $usual }); испытано правил: { $rules }.
deals-part = { $part } из { $whole }
deals-search-caption = Условия и доля класса A среди сделок, для которых они верны, с интервалом 95 %
deals-settled = доказано
deals-never = не хватит и вдесятеро больше
deals-no-search = Искать не в чем: сделок с классом слишком мало, или класс у всех один.
deals-left-out = Сделки: в файлах нет закрытых сделок.
deals-attributes-left-out = { PLURAL($count) ->
    [one] { $count } признак не годится в условия: выдаёт исход или слишком разнообразен.
    [few] { $count } признака не годятся в условия: выдают исход или слишком разнообразны.
   *[many] { $count } признаков не годятся в условия: выдают исход или слишком разнообразны.
}
segment-deals-A = A: выиграны легко
segment-deals-A-meaning = Выиграны быстро, с малым числом вопросов и скидкой, с хорошей маржой.
segment-deals-A-action = Ищите больше таких клиентов.
segment-deals-B = B: выиграны с усилием
segment-deals-B-meaning = Выиграны, но медленнее, с вопросами и скидками или с меньшей маржой.
segment-deals-B-action = Посмотрите, что их удорожило; тратьте на них меньше усилий.
segment-deals-C = C: много усилий впустую
segment-deals-C-meaning = Проиграны после больших усилий или из-за неприемлемых условий.
segment-deals-C-action = Сначала выясняйте условия и останавливайтесь раньше.
segment-deals-D = D: нет денег
segment-deals-D-meaning = Проиграны, потому что не было денег.
segment-deals-D-action = Сначала спрашивайте о бюджете; вернитесь, когда он появится.
segment-deals-X = X: крупные, на особых условиях
segment-deals-X-meaning = Крупная сделка на особых условиях, проиграна.
segment-deals-X-action = Решите наверху, нужны ли такие сделки, и назначайте цену соответственно.
segment-deals-unclear = Неясно
segment-deals-unclear-meaning = Проиграны, и ничто не говорит почему.
segment-deals-unclear-action = Отмечайте причину и усилия проигранных сделок.

# effort
effort-title = Отдача от усилий
effort-intro = { $customers } обходятся дороже, чем приносят: труда на { $cost }, а принесли { $money }.
effort-intro-none = Из тех, чьи усилия известны, никто не обходится дороже, чем приносит.
effort-on-margin = Маржа за последние 365 дней против часов по { $cost }.
effort-on-revenue = Выручка за последние 365 дней против часов по { $cost }.
effort-unknown = Для { $share } клиентов усилия неизвестны: здесь их нет.
effort-caption = Клиенты по окупаемости усилий и что делать
effort-worst-title = Кто обходится дороже, чем приносит
effort-worst-caption = Самые большие потери, не больше десяти
effort-channels-title = По каналам
effort-channels-caption = Чего стоят каналы обслуживания и что приносят клиенты, которых в них обслуживают
effort-left-out = Отдача от усилий: нужны сделки или контакты с усилиями и стоимость часа (--set effort.hour_cost=25).
effort-worst-intro = { PLURAL($count) ->
    [one] Без влияния, ради которого их стоило бы держать: { $count } клиент.
    [few] Без влияния, ради которого их стоило бы держать: { $count } клиента.
   *[many] Без влияния, ради которого их стоило бы держать: { $count } клиентов.
}
channel-none = канал не указан

# definitions
method-readiness-term = Готовность
method-readiness = Лестница Бена Ханта. Покупают: заказ за последние { $buying }. Прочие ступени — по тому, что было после последнего заказа за последние { $window }: выбирают — корзина, запрос цены, открытая сделка; сравнивают — просмотр или поиск товаров; осведомлены — любой другой контакт; иначе безразличны.
method-prediction-term = Ожидаемые заказы
method-prediction = Дни с заказом. Модель того, как часто клиент заказывает и когда уходит насовсем, подобрана ко всей базе; ценность — за ближайшие 12 месяцев, поздние деньги дешевле на 10 % в год. Вероятность, что клиент ещё с вами, — не вероятность заказа.
method-check-term = Проверка предсказания
method-check = Последняя четверть истории, не больше года, отложена: модель подобрана по тому, что было раньше, и сравнена с тем, что пришло, по каждому клиенту. Лучше — значит средний квадрат ошибки меньше, и не случайно.
method-interests-term = Интересы
method-interests = Каждая покупка категории весит 1, и вдвое меньше через каждые { $days }; с половины в сумме клиент интересуется. По связи: покупатели другой категории точно покупают и эту. Кто купил долговечное, доволен до замены.
method-attributes-term = Признаки
method-attributes = Как в файлах, по последним сведениям. Показано не больше четырёх: известных о большинстве клиентов, не одинаковых почти у всех и с немногими значениями. Значения менее чем у 1 % клиентов собраны вместе.
method-clusters-term = Группы сами по себе
method-clusters = k-средних по приведённым значениям, чтобы ни одно не весило больше из-за единиц. Число групп — то, при котором они лучше всего воспроизводятся при 50 повторных выборках; «воспроизводится» — средний индекс Жаккара. Обычное — центр группы.
method-rules-term = Ваши сегменты
method-rules = Побеждает первое выполненное правило.
method-deals-term = Классы сделок
method-deals = По последним закрытым сделкам берутся медианы: выигранные не хуже ни в чём известном — A, прочие выигранные — B; проигранные из-за нехватки денег — D; крупные на особых условиях — X; с усилиями выше обычных или с отказом от условий — C. Общее у A ищется среди признаков, известных при открытии; вероятность случайности — с поправкой на все испытанные правила.
method-effort-term = Отдача от усилий
method-effort = Усилия на сделки и контакты за последние 365 дней в часах, умноженные на стоимость часа, против того, что клиент принёс за то же время. Окупаются: не меньше двух стоимостей; едва: не меньше одной; убыточны: меньше.
kind-deals = сделки
kind-leads = лиды
kind-touches = контакты
