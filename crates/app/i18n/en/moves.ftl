# What has changed between two days.

changes-title = What has changed
changes-intro = Each bar is a segment on a day: left then, right now. A band is the customers who went from one segment to another, as thick as they are many.
changes-left-out = What has changed: the history is too short to look back on.
changes-rfm-title = RFM then and now
changes-stages-title = Purchase stages then and now
changes-summary = Of { $before } known then { $changed } ({ $share }) are in another segment now.
changes-came = { PLURAL($count) ->
    [one] { $count } customer has come since.
   *[other] { $count } customers have come since.
}
changes-ribbon = { $from } → { $to }: { $customers }, { $row } of those who were there, { $start } of all then
changes-caption = Who went where: part of those who were there, and of all who were known then
changes-counted-title = Moves that count
changes-counted-caption = Who could have made a move, who did, and their part with its 95% interval
changes-wanted = wanted
changes-unwanted = to be prevented
column-were-in = Were in
column-are-in = Are in
column-of-row = Of those there
column-of-start = Of all then
column-move = Move
column-could = Could
column-did = Did
segment-not-yet-known = Not known yet

move-bought_again = New: bought again
move-became_loyal = Growing: became loyal
move-became_champions = Loyal: became champions
move-woken = Cooling: woken
move-won_back = Lost: won back
move-cooled = Bought lately: cooled or lost
move-lost = Cooling: lost
move-first_purchase = Had not bought: first purchase
move-second_purchase = One-time: came back
move-became_regular = Returning: became regular
move-woke_up = Asleep: woke up
move-fell_asleep = Awake: fell asleep
move-no_longer_regular = Regular: no longer

# cohorts
cohorts-show-value = Show the value of a customer by age
cohorts-value-caption = Revenue up to each month of life, for each new customer of the month, those gone too
