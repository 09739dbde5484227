# Что изменилось между двумя днями.

changes-title = Что изменилось
changes-intro = Каждый столбик — сегмент в один из дней: слева тогда, справа теперь. Полоса — клиенты, перешедшие из одного сегмента в другой: чем их больше, тем она толще.
changes-left-out = Что изменилось: история слишком коротка, чтобы оглянуться назад.
changes-rfm-title = RFM тогда и теперь
changes-stages-title = Стадии покупки тогда и теперь
changes-summary = Известны тогда: { $before }. Теперь в другом сегменте { $changed } из них ({ $share }).
changes-came = { PLURAL($count) ->
    [one] С тех пор пришёл { $count } клиент.
    [few] С тех пор пришли { $count } клиента.
   *[many] С тех пор пришли { $count } клиентов.
}
changes-ribbon = { $from } → { $to }: { $customers }, { $row } от бывших там, { $start } от всех тогда
changes-caption = Кто куда перешёл: доля от бывших в сегменте и от всех, кто был известен тогда
changes-counted-title = Переходы, которые важны
changes-counted-caption = Кто мог перейти, кто перешёл и какая это доля с интервалом 95 %
changes-wanted = желателен
changes-unwanted = нежелателен
column-were-in = Были
column-are-in = Теперь
column-of-row = От бывших там
column-of-start = От всех тогда
column-move = Переход
column-could = Могли
column-did = Перешли
segment-not-yet-known = Ещё не известны

move-bought_again = Новые: купили снова
move-became_loyal = Растущие: стали лояльными
move-became_champions = Лояльные: стали чемпионами
move-woken = Остывающие: разбужены
move-won_back = Потерянные: возвращены
move-cooled = Недавние: остыли или потеряны
move-lost = Остывающие: потеряны
move-first_purchase = Не покупали: первая покупка
move-second_purchase = Разовые: вернулись
move-became_regular = Возвращающиеся: стали постоянными
move-woke_up = Спящие: проснулись
move-fell_asleep = Бодрые: уснули
move-no_longer_regular = Постоянные: перестали ими быть

# когорты
cohorts-show-value = Показать ценность клиента по возрасту
cohorts-value-caption = Выручка к концу каждого месяца жизни на каждого нового клиента месяца, включая ушедших
