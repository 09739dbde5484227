# Sections beside the segmentations of orders: expectations, interests, groups, deals, effort.

# shared
how-counted = How these numbers are counted
deals = { PLURAL($count) ->
    [one] { $count } deal
   *[other] { $count } deals
}

# columns
column-average-deal = Average deal
column-bias = Too much (+) or too little (−)
column-brought = Brought
column-buys-too = Also buy
column-by-purchases = By purchases
column-by-relation = By relation
column-came = Came
column-category = Category
column-channel = Channel
column-class = Class
column-cluster = Group
column-condition = Condition
column-contacts = Contacts
column-conversion = Won
column-cost = Cost of work
column-customer = Customer
column-cycle = Days to close
column-deals = Deals
column-effort = Effort
column-expected = Expected
column-hours = Hours
column-interested = Interested now
column-interval = From – to
column-interval-bar = Share with its interval; the line is all deals
column-known = What is known
column-left = Left over
column-luck = Chance of luck
column-money = Money per customer
column-more-deals = More deals to settle it
column-nest = Nest
column-of-class-a = Of class A
column-of-deals = Share of deals
column-pair-bound = At least
column-pair-share = Of them
column-pair-usual = Of all
column-predicted-by = Predicted by
column-probability = Probability
column-repeats = Repeat orders before
column-satisfied = Satisfied for now
column-share = Share
column-stability = Comes back
column-step = Step
column-until = Up to
column-value = Value
column-who-buys = Buyers of

# figures of a base without orders
figure-customers = Customers
figure-customers-hint = { $share } of them have a deal, a lead or a touch
figure-deals = Closed deals
figure-won-share = Won
figure-won-share-hint = of the closed deals
figure-won = Won deals
figure-won-hint = together, as the files name their amounts
figure-deals-hint = { PLURAL($count) ->
    [one] and { $count } is open
   *[other] and { $count } are open
}
figure-touches = Touches and leads
figure-touches-hint = { PLURAL($count) ->
    [one] { $count } lead among them
   *[other] { $count } leads among them
}

# readiness
readiness-title = Readiness to buy
readiness-intro = { $customers }, { $part } of all, are choosing or buying now: serve them first and lead the others one step up.
readiness-untouched = { $share } of customers have no deal, lead or touch: of them only orders are known.
readiness-caption = Customers by step, and what to do on each
readiness-left-out = Readiness to buy: the files hold no deals, leads or touches.
stages-intro-deals = Purchases are known from deals only, so the usual time between them is unknown. The way to go: one-time → returning → regular.

# prediction
prediction-title = What to expect
prediction-intro-revenue = In the next { $days } { $orders } are expected; the next 12 months are worth { $value } in revenue. Of { $buyers } with orders { $alive } are probably still there.
prediction-intro-margin = In the next { $days } { $orders } are expected; the next 12 months are worth { $value } in margin. Of { $buyers } with orders { $alive } are probably still there.
prediction-model = { $model } predicts, for it fits the history best (Akaike’s criterion, smaller is better: { $figures }).
prediction-all-active = No customer is seen to leave for good, so everybody counts as still there.
prediction-alive-title = Who is probably still there
prediction-alive-caption = Customers with orders by the probability that they have not left for good
prediction-action = What to do: write to those in the middle, from 20 to 80%. Those above come by themselves, those below are mostly gone.
prediction-check-title = Was such a prediction right?
prediction-check = The same was predicted for { $from } to { $to } from what was known before, for { $customers }: { $expected } were expected, { $actual } came.
prediction-no-check = The history is too short to hold a part of it out and check the prediction on it.
prediction-of-orders = Orders
prediction-of-money = Money
prediction-better = { $what }: the model is better than every simple rule.
prediction-may-be-chance = { $what }: the model errs less than every simple rule, but beside “{ $rule }” that may be chance.
prediction-no-better = { $what }: the model is no better than the simple rule “{ $rule }”: use the rule.
prediction-worse = { $what }: the model is worse than the simple rule “{ $rule }”: use the rule.
prediction-the-model = the model
prediction-came = came
prediction-expected = expected
prediction-cut = predicted from here on
prediction-weeks-title = Week by week
prediction-weeks-summary = Repeat orders of these customers, added up to { $to }: { $actual } came, { $expected } were expected.
prediction-weeks-caption = Repeat orders added up
prediction-frequency-title = By how often they had ordered before
prediction-frequency-caption = Mean orders of a customer in the time held out
prediction-errors-title = Beside simple rules
prediction-errors-caption = By how much a prediction was off per customer (root of the mean square): smaller is better
prediction-left-out = What to expect: nobody has ordered on a second day yet.
rule-last_half_year = as in the last half-year
rule-past_rate = as often as so far
rule-all_past = as much as in all the past
rule-nothing = nothing at all
repeats-or-more = { $count } or more

# interests
interests-title = Interests
interests-intro = { $customers }, { $part } of all, have an interest now, in { $categories } categories.
interests-caption = The categories with the strongest interest
interests-action = What to do: when something new comes, tell those who are interested in its category; leave alone those who have just bought it.
interests-pairs-title = What goes with what
interests-pairs-summary = Buyers of “{ $from }” also buy “{ $to }”: { $share } of them, against { $usual } of all buyers.
interests-no-pairs = No two categories are surely bought together more often than by chance.
interests-pairs-caption = Pairs bought by the same customers more often than by chance; “at least” is the lower bound at 95%
interests-pairs-action = What to do: offer the second to those who have only the first.
interests-left-out = Interests: the files name no categories of what was bought.
interests-rare = { PLURAL($count) ->
    [one] { $count } rarer category is left out.
   *[other] { $count } rarer categories are left out.
}

# attributes
attributes-title = Who they are
attributes-intro = { PLURAL($count) ->
    [one] { $count } attribute of customers is known; shown is what tells them apart best.
   *[other] { $count } attributes of customers are known; shown are those that tell them apart best.
}
attributes-known = Known of { $share } of customers; of the others nothing is said here.
attributes-caption = Customers by { $name }
attributes-action = What to do: where a group brings more than its share of customers, look for more people like it. Ask for what is not known.
attributes-left-out = Who they are: the files name no attribute that tells customers apart.
nests-title = What is known of the companies
nests-intro = Five nests, from the outside in: begin with the firm, and ask for the next nest only where it helps to decide.
nests-caption = Attributes by nest, with the share of companies of which they are known
nest-unknown = nothing yet
nest-firm = The firm
nest-firm-hint = industry, size, place
nest-operation = How it operates
nest-operation-hint = technology, use, abilities
nest-purchasing = How it buys
nest-purchasing-hint = who decides, policy, criteria
nest-situation = The situation
nest-situation-hint = urgency, use, size of the order
nest-person = The people who decide
nest-person-hint = role, motives, attitude to risk

# clusters
clusters-title = Groups by themselves
clusters-intro = By { $features } customers with orders ({ $customers }) fall into { $number } groups.
clusters-reason-farthest_apart = This number is stable and keeps the groups farthest apart.
clusters-reason-most_that_are_stable = No groups are apart; this is the largest number that is still stable.
clusters-reason-least_unstable = No number is stable: this one is the least unstable.
clusters-reason-none_large_enough = No number gives groups that are all large enough: this one is the least unstable.
clusters-tried = { $from } to { $to } were tried; when customers are redrawn, groupings agree by { $agreement }.
clusters-verdict-natural = There are groups in the data, and these are they.
clusters-verdict-reproducible = There are no groups that stand apart, but the data cut themselves the same way each time: usable.
clusters-verdict-constructive = Not stable: the groups are made, not found. Other customers of the same kind would be cut otherwise. Take them as a convenience, not as a fact.
clusters-caption = Groups, the largest first: their size, what is usual in them, and how well they come back when customers are redrawn
clusters-rules-title = How to tell them apart
clusters-accuracy = These rules put { $share } of the customers into their own group
clusters-action = What to do: read the rules, give each group a name of your own, and decide what its customers need.
clusters-left-out = Groups by themselves: fewer than 300 customers have ordered, or they form a single group.
feature-recency_days = Days since last order
feature-orders = Orders
feature-average_order = Average order

# rules
rules-title = Your own segments
rules-intro = Every customer is in the first rule that holds for them; what is left over comes last.
rules-caption = Segments by your rules, each with its condition

# deals
deals-title = Deals
deals-intro = Of the last { $deals } { $best } are of class A, won with ease; { $wasted } were lost as C, D or X.
deals-intro-effort = Of the last { $deals } { $best } are of class A, won with ease; { $wasted } were lost as C, D or X and took { $effort } of the work.
deals-of = { $looked } of { $closed } closed deals are looked at; { $open } are open.
deals-interviews = No deal is closed yet: those that were classed by hand stand for them.
deals-effort-unknown = No effort is known, so nothing can be said of what the classes cost.
deals-effort-partly = Of { $share } of them no effort is known: hours and costs are of the others.
deals-caption = Classes of the last closed deals
deals-search-title = What class A has in common
deals-criteria = These criteria beat chance: look for more deals like them.
deals-hypotheses = These are hypotheses only: there are too few deals to rely on them.
deals-nothing = Nothing beats chance: what comes nearest is no better than what luck would find.
deals-over = Looked at: { $deals } with a class; of class A: { $positives } ({ $usual }); rules tried: { $rules }.
deals-part = { $part } of { $whole }
deals-search-caption = Conditions with the share of class A among the deals they hold for, and its interval at 95%
deals-settled = settled
deals-never = not even ten times as many
deals-no-search = There was nothing to search: too few deals have a class, or all have the same.
deals-left-out = Deals: the files hold no closed deals.
deals-attributes-left-out = { PLURAL($count) ->
    [one] { $count } attribute was no condition: it tells the outcome, or has too many texts.
   *[other] { $count } attributes were no condition: they tell the outcome, or have too many texts.
}
segment-deals-A = A: won with ease
segment-deals-A-meaning = Won fast, with few questions and little discount, at a good margin.
segment-deals-A-action = Look for more customers like these.
segment-deals-B = B: won with effort
segment-deals-B-meaning = Won, but slower, with more questions or discount, or at less margin.
segment-deals-B-action = Look at what made them dearer; serve them with less effort.
segment-deals-C = C: much effort, no result
segment-deals-C-meaning = Lost with much effort, or over terms that were refused.
segment-deals-C-action = Ask for the terms first, and stop earlier.
segment-deals-D = D: no money
segment-deals-D-meaning = Lost because there was no money.
segment-deals-D-action = Ask for the budget first; come back when there is one.
segment-deals-X = X: large, on their own terms
segment-deals-X-meaning = A large deal on terms of its own that was lost.
segment-deals-X-action = Decide at the top whether such deals are wanted, and price them so.
segment-deals-unclear = Unclear
segment-deals-unclear-meaning = Lost, and nothing says why.
segment-deals-unclear-action = Note the reason and the effort of lost deals.

# effort
effort-title = Value for effort
effort-intro = { $customers } cost more than they bring: work worth { $cost } for { $money }.
effort-intro-none = Nobody whose effort is known costs more than they bring.
effort-on-margin = Margin of the last 365 days against hours at { $cost } each.
effort-on-revenue = Revenue of the last 365 days against hours at { $cost } each.
effort-unknown = Of { $share } of customers no effort is known: they are left out here.
effort-caption = Customers by how effort is repaid, and what to do
effort-worst-title = Who costs more than they bring
effort-worst-caption = The largest losses, at most ten
effort-channels-title = By channel
effort-channels-caption = What channels of service cost, and what the customers served in them bring
effort-left-out = Value for effort: it needs deals or touches with their effort, and what an hour costs (--set effort.hour_cost=25).
effort-worst-intro = { PLURAL($count) ->
    [one] Without influence that would be worth keeping them: { $count } customer.
   *[other] Without influence that would be worth keeping them: { $count } customers.
}
channel-none = no channel named

# definitions
method-readiness-term = Readiness
method-readiness = Ben Hunt’s ladder. Buying: an order in the last { $buying }. The other steps by what happened since the last order, in the last { $window }: choosing, a cart, a price request, an open deal; comparing, products viewed or searched; aware, any other touch; otherwise indifferent.
method-prediction-term = Expected orders
method-prediction = Days with an order. A model of how often each customer orders and when they leave for good is fitted to the whole base; value is the next 12 months, later money counting for less by 10% a year. The probability of being still there is not the probability of an order.
method-check-term = Check of the prediction
method-check = The last quarter of the history, at most a year, is held out: the model is fitted on what was before and compared with what came, customer by customer. Better means a smaller mean squared error by more than chance.
method-interests-term = Interests
method-interests = Every purchase of a category weighs 1 and half as much every { $days }; from one half in all a customer is interested. By relation: buyers of another category surely buy this one too. Who has bought what lasts is satisfied until it is replaced.
method-attributes-term = Attributes
method-attributes = As the files say them, the newest word on each. Shown are at most four: those known of most customers and not the same of nearly all, with few values. Values of under 1% of customers are put together.
method-clusters-term = Groups by themselves
method-clusters = k-means on scaled values, so that none counts for more by its unit. The number of groups is the one that comes back best when customers are redrawn 50 times; “comes back” is the mean Jaccard index. What is usual is the centre of the group.
method-rules-term = Your own segments
method-rules = The first rule that holds wins.
method-deals-term = Classes of deals
method-deals = Of the last closed deals the medians are taken: won ones that are no worse in anything known are A, other won ones B; lost for want of money D; large ones on terms of their own X; with more effort than usual or with terms refused C. What A has in common is searched among attributes known when the deal was opened; the chance of luck is adjusted for all rules tried.
method-effort-term = Value for effort
method-effort = Effort of deals and touches of the last 365 days, in hours, times what an hour costs, against what the customer brought in the same time. Pays: at least twice the cost; thin: at least the cost; drain: less.
kind-deals = deals
kind-leads = leads
kind-touches = touches
