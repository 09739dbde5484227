# The report: titles, tables, charts. Names of segments are in segments.ftl, definitions in methods.ftl.

report-title = Customer report
report-subtitle = As of the end of { $day } · { $zone }
skip = Skip to the report
contents = Contents
show-table = Show as a table
footer = Made by Dolka from your own files. Nothing in this page was sent anywhere.

customers = { PLURAL($count) ->
    [one] { $count } customer
   *[other] { $count } customers
}
orders = { PLURAL($count) ->
    [one] { $count } order
   *[other] { $count } orders
}
days = { PLURAL($count) ->
    [one] { $count } day
   *[other] { $count } days
}

# Columns of tables
month = Month
column-all = All
column-age = Month of life
column-anonymous = Without a customer
column-asleep = Asleep
column-average = Average order
column-best-customers = Best customers
column-cap = May be spent to win one
column-code = Code
column-cohort = First order in
column-customers = Customers
column-file = File
column-imported = Imported
column-kind = Kind
column-ltv-share = Share of all lifetime value
column-measure = Measure
column-median-ltv = Median lifetime value
column-name = Name
column-of-customers = Share of customers
column-of-revenue = Share of revenue
column-orders = Orders
column-quantity = Units
column-reason = Reason
column-recency = Days since last order
column-rejected = Rejected
column-replaced = Orders replaced
column-revenue = Revenue
column-rows = Rows
column-segment = Segment
column-set-aside = Set aside
column-stage = Stage
column-tier = Tier
column-unchanged = Unchanged

# Headline figures
summary-title = At a glance
figure-revenue = Revenue
figure-revenue-hint = net of returns; { $share } of it has no known customer
figure-revenue-hint-all = net of returns
figure-orders = Orders
figure-orders-hint = { PLURAL($count) ->
    [one] and { $count } return
   *[other] and { $count } returns
}
figure-average = Average order
figure-average-hint = revenue divided by orders
figure-buyers = Customers with orders
figure-buyers-hint = { PLURAL($count) ->
    [one] and { $count } customer without an order
   *[other] and { $count } customers without an order
}
figure-repeat = Buy again
figure-repeat-hint = { PLURAL($count) ->
    [one] { $count } customer has ordered twice or more
   *[other] { $count } customers have ordered twice or more
}
figure-period = Period
figure-period-hint = { $first } – { $last }
figure-period-none = there are no orders yet

notes-title = Read these numbers with care
note-few-buyers = { PLURAL($count) ->
    [one] Only { $count } customer has ordered. With fewer than 100 buyers the borders between segments mean little: look at the people, not at the letters.
   *[other] Only { $count } customers have ordered. With fewer than 100 buyers the borders between segments mean little: look at the people, not at the letters.
}
note-short-history = { PLURAL($count) ->
    [one] The files cover only { $count } day. Under 90 days it is too early to tell who has left and who is between two purchases.
   *[other] The files cover only { $count } days. Under 90 days it is too early to tell who has left and who is between two purchases.
}
note-empty-group = { $measure }: so many customers share one value that group { $group } is empty. Equal values always get the same letter.
note-xyz-one-letter = { $share } of the customers that can be classed are { $letter }, so XYZ hardly tells them apart. Quarters as periods, or wider limits (25 and 50%), tell more.
note-xyz-one-letter-other = { $share } of the customers that can be classed are { $letter }, so XYZ hardly tells them apart. Other limits or other periods may tell more.
note-anonymous-revenue = { $share } of revenue has no customer. It counts in totals and is in no segment.
note-no-costs = The files name no costs, so lifetime value is counted on revenue, not on margin.
note-costs-partly = Costs are known for { $share } of revenue only, so lifetime value is counted on revenue, not on margin.
note-no-cycle = Nobody has bought on two different days yet, so there is no repeat cycle and nobody can be called asleep.
note-no-whole-period = No whole period (a month unless set otherwise) has ended since the first order, so ABC–XYZ cannot be worked out.
note-many-rejected = { $share } of the rows were rejected. See the reasons at the end and mend the file before you trust the totals.

months-title = Revenue by month
months-summary = The best month was { $month }: { $revenue }.
months-partial = Striped: the month is not over.
months-column = { $month }: { $revenue }, { $orders }
months-caption = Net revenue and orders of each month; * the month is not over

# What to do first
first-title = What to do first
first-intro = Where a message or a call pays most, by the money at stake: what these customers have brought so far and may stop bringing.
first-stake = at stake
first-reason = { $customers }, half of them quiet for { $days } or longer. One usual order from each would bring { $sum }.
first-keep = Keep the best
first-keep-stake = rests on them
first-keep-reason = Champions and loyal: { $customers }, { $part } of all buyers, bring { $share } of the revenue.
first-left-out = What to do first: it needs the RFM segments of customers with orders.

# RFM
rfm-title = RFM segments
rfm-intro = Every customer by how recently they bought (R), how often (F) and for how much (M).
rfm-window = { PLURAL($count) ->
    [one] Only the last { $count } day counts.
   *[other] Only the last { $count } days count.
}
rfm-window-all = All history counts.
rfm-left-out = RFM segments: there are no orders of known customers.
rfm-legend = In RFM, A is the worst and C is the best: CCC bought recently, often and for much; AAA long ago, rarely and for little. (In ABC it is the other way round: A is the best.)
rfm-legend-digits = In RFM, 1 is the worst group and { $count } is the best. (In ABC it is the other way round: A is the best.)
rfm-r-1 = long ago
rfm-r-2 = a while ago
rfm-r-3 = recently
rfm-f-1 = rarely
rfm-f-2 = repeatedly
rfm-f-3 = often
treemap-title = Who your customers are
treemap-summary = The larger the box, the more customers. The largest segment is { $name }: { $customers }.
aim-keep = keep
aim-grow = bring to the next purchase
aim-wake = wake before they leave
aim-win = win back
aim-rest = leave in peace
segments-title = Segments, one by one
segments-caption = Segments with their share of customers and of revenue
matrix-title = All cells of RFM
matrix-caption = Customers in each cell and their share of revenue. The darker (in dark mode: the lighter) the cell, the more customers.
cuts-title = Where the borders lie
cuts-caption = What each letter means here, in values that occur
group-worst = worst
group-best = best
measure-recency = R, last order
measure-frequency = F, number of orders
measure-money = M, total spent
measure-average-order = M, average order
cut-empty = nobody
cut-recency-exact = { PLURAL($count) ->
    [one] { $count } day ago
   *[other] { $count } days ago
}
cut-recency-best = { PLURAL($count) ->
    [one] { $count } day ago or less
   *[other] { $count } days ago or less
}
cut-recency-middle = { PLURAL($count) ->
    [one] { $from } to { $count } day ago
   *[other] { $from } to { $count } days ago
}
cut-recency-worst = { PLURAL($count) ->
    [one] { $count } day ago or more
   *[other] { $count } days ago or more
}
cut-frequency-exact = { PLURAL($count) ->
    [one] { $count } order
   *[other] { $count } orders
}
cut-frequency-best = { PLURAL($count) ->
    [one] { $count } order or more
   *[other] { $count } orders or more
}
cut-frequency-middle = { PLURAL($count) ->
    [one] { $from } to { $count } order
   *[other] { $from } to { $count } orders
}
cut-frequency-worst = { PLURAL($count) ->
    [one] { $count } order or fewer
   *[other] { $count } orders or fewer
}
cut-money-exact = { $from }
cut-money-best = { $from } or more
cut-money-middle = { $from } to { $to }
cut-money-worst = { $to } or less

# ABC–XYZ
abc-xyz-title = ABC–XYZ
abc-xyz-intro = ABC tells who brings the money, XYZ how evenly they bring it.
abc-xyz-window = Counted from { $first } to { $last }: { $period ->
    [week] whole weeks only.
    [quarter] whole quarters only.
   *[month] whole months only.
}
abc-xyz-left-out = ABC–XYZ: it needs revenue of known customers in at least one whole period (a month unless set otherwise).
abc-xyz-matrix-title = Money and evenness
abc-xyz-legend = Here A is the best (in RFM it is the worst). X buys evenly, Z by chance; N is too new to say.
abc-xyz-caption = Customers in each cell and their share of revenue; colour by revenue
abc-A = most of the money
abc-B = the middle
abc-C = the rest
xyz-X = even (up to { $limit })
xyz-Y = wavering (up to { $limit })
xyz-Z = by chance (above { $limit })
xyz-N = too new
abc-xyz-AX = Large and even: agree on individual terms and never let them run out of stock.
abc-xyz-AZ = Large and by chance: call before the season and before holidays; find out what triggers an order.
abc-xyz-BX = Steady middle: make individual offers that raise the order.
abc-xyz-CZ = Small and rare: seasonal mailings only, no personal time.
pareto-title = How much rests on the best customers
pareto-summary = { $part } of the customers ({ $customers }) bring { $share } of the revenue.
pareto-axis = customers, the best first
pareto-caption = The best customers and their share of revenue

# Lifetime value
ltv-title = Lifetime value
ltv-intro-revenue = What a customer brings over a lifetime of { $months } months, in revenue. Spend on winning a customer no more than a third of the value.
ltv-intro-margin = What a customer brings over a lifetime of { $months } months, in margin. Spend on winning a customer no more than a third of the value.
ltv-intro-predicted-revenue = What a customer is expected to bring in the next 12 months, in revenue. Spend on winning a customer no more than a third of the value.
ltv-intro-predicted-margin = What a customer is expected to bring in the next 12 months, in margin. Spend on winning a customer no more than a third of the value.
ltv-provisional = { PLURAL($count) ->
    [one] For { $count } customer in the first 30 days it is only a first guess.
   *[other] For { $count } customers in their first 30 days it is only a first guess.
}
ltv-left-out = Lifetime value: there are no orders of known customers.
ltv-caption = Tiers by lifetime value

# Stages
stages-title = Purchase stages
stages-intro = { PLURAL($count) ->
    [one] Customers usually come back after about { $count } day. Who is quiet for longer than their own rhythm is asleep. The way to go: one-time → returning → regular.
   *[other] Customers usually come back after about { $count } days. Who is quiet for longer than their own rhythm is asleep. The way to go: one-time → returning → regular.
}
stages-intro-unknown = Nobody has bought on two different days yet, so the usual time between purchases is unknown. The way to go: one-time → returning → regular.
stages-left-out = Purchase stages: there are no customers.
stages-caption = Customers by stage
stages-awake = awake
stages-asleep = asleep

# Volume
volume-title = Retail and wholesale
volume-intro = Customers by how much they usually take in one order.
volume-left-out = Retail and wholesale: there are no orders of known customers.
volume-caption = Customers by the size of their usual order

# Cohorts
cohorts-title = Do they come back?
cohorts-intro = Each row is everybody whose first order fell in that month; each column is a month of their life as customers.
cohorts-summary = { $share } of them order again in the month after the first one.
cohorts-cut = { PLURAL($count) ->
    [one] Shown is the newest { $count } month.
   *[other] Shown are the newest { $count } months.
}
cohorts-left-out = Coming back: there are no orders of known customers.
cohorts-caption = Share of each month’s new customers with an order in each later month
cohorts-partial = (* the month is not over)
cohorts-show-money = Show the money
cohorts-money-caption = Revenue of each month’s new customers in each month of their life

# Goods
goods-title = What they buy
goods-left-out = What they buy: the files name neither products nor categories.
goods-categories = Categories
goods-categories-caption = The categories with most revenue; bars against the largest
goods-products = Products
goods-products-caption = The products with most revenue; bars against the largest

left-out-title = Not in this report
