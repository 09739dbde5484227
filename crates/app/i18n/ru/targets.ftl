# Сегменты по критериям: карта оценки сегментов.

evaluation-title = Какие сегменты выбрать
evaluation-lead = Чем выше, тем больше сегмент значит для нас; чем правее, тем больше мы значим для него. Обе оценки — от 0 до 10 по взвешенным критериям. Пунктиром и без заливки — исключённые обязательным критерием.
evaluation-x = Чем мы ценны для них
evaluation-y = Чем они ценны для нас
evaluation-out = исключён
evaluation-out-by = Чем исключён
evaluation-bubble-revenue = Площадь круга — выручка за последние 365 дней.
evaluation-bubble-customers = Площадь круга — число клиентов.
evaluation-caption = Сначала неисключённые, более привлекательные выше
evaluation-of = { $name }: для нас { $y }, для них { $x }
knock-out-large_enough = слишком мал
knock-out-homogeneous = слишком разнороден
knock-out-stable = неустойчив
knock-out-distinct = похож на другой
knock-out-identifiable = не опознать
knock-out-reachable = недостижим
knock-out-matches_strengths = не наша сила
