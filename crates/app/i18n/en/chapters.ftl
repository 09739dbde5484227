# What the report asks and answers: chapters, in short, worries, targets, origins, pages of segments, plan.

chapter-have = What do I have?
chapter-worry = What should worry me?
chapter-whom = Whom should I go after?
chapter-who = Who are they?
chapter-monday = What to do on Monday
chapter-how = How it was counted

short-title = In short
short-have = { $customers } have ordered, { $repeat } of them again.
short-best = The best { $best } of customers bring { $part } of the revenue.
short-worry = { PLURAL($count) ->
    [one] Checks found { $count } thing to look at in the segments.
   *[other] Checks found { $count } things to look at in the segments.
}
short-worry-none = The segments have passed all checks.
short-cooled = Of { $could } who had bought lately on { $day }, { $did } ({ $share }) have cooled or are lost.
short-lost = Of { $could } who were cooling on { $day }, { $did } ({ $share }) are lost.
short-who = Meet { $name }, their usual customer.
short-whom = Begin with “{ $segment }”: { $customers } who have brought { $sum } so far.

worries-title = Checks
worries-left-out = Checks: there are no segments to check.
worries-intro = { PLURAL($count) ->
    [one] Segments earn money only if they are large enough, different from each other, stable and fresh. One thing does not hold:
   *[other] Segments earn money only if they are large enough, different from each other, stable and fresh. { $count } things do not hold, what weighs most first:
}
worries-none = Segments earn money only if they are large enough, different from each other, stable and fresh. All of these are.
worries-more = { PLURAL($count) ->
    [one] { $count } more
   *[other] { $count } more
}
worries-no = nothing
worries-table-title = What was checked
worries-table-intro = Stability: customers were drawn anew 100 times and cut again; 1 means that the same customers came together each time, below 0.6 a segment is not to be trusted.
worries-caption = Segmentations with what the checks found.
column-segmentation = Segmentation
column-segments = Segments
column-least-stable = Least stable
column-meaning = Meaning
column-found = Found
stability-high = highly stable
stability-valid = stable
stability-doubtful = doubtful
stability-unstable = unstable
stability-fixed = fixed limits: nothing can change

targets-title = What segments promise
targets-left-out = What segments promise: nobody has ordered.
targets-intro = Large is not the same as promising: what counts is what a segment brings, whether it grows, and who in it can be reached.
targets-most = “{ $segment }” brought { $share } of the last twelve months’ revenue.
targets-reach-nothing = Who can be reached is not known: the files name no e-mail, phone or consent.
targets-reach-contact = Reachable is who has an e-mail or a phone; consents are not known.
targets-reach-consent = Reachable is who has given a consent.
targets-table-title = Size, growth and value
targets-bars = Bars: solid the last twelve months, striped the twelve before, of the same customers.
targets-caption = Segments with what they brought and promise.
column-reachable = Reachable
column-returning = With two orders or more
column-year = Revenue of 12 months
column-growth = Beside the year before
column-order-leaves = One order leaves
column-average-ltv = Lifetime value of one

origins-title = Where they come from
origins-left-out = Where they come from: the files name no sources and no channels.
origins-intro-source = By the source that was the first to bring them.
origins-intro-channel = By the channel of their first order.
origins-most = Where the source is known, it is most often “{ $name }” ({ $share }).
origins-best = People from “{ $name }” become customers clearly more often than others ({ $share }).
origins-table-title = Sources and what they bring
origins-bars = The line across a bar is the conversion of everybody; the bar is the 95% interval.
origins-caption = Sources with people, customers and money.
origins-costs = What a customer from each costs, { $command } tells once the files are in a base: the costs are a file with the columns source and cost.
origins-unknown = Not known
column-origin = Source
column-people = People
column-converted = Become customers
column-index = Index, 100 = base

profile-title = Segments side by side
profile-intro = Each column is a segment, each row something that sets at least one of them apart from the other customers. Figures are indexes: 100 is the base. ▲ more, ▼ less than usual; · as usual. The stronger the tint, the larger the difference.
profile-caption = What sets segments apart, largest differences first.

portraits-title = Segments, page by page
portraits-left-out = Segments, page by page: there are no segments with customers.
portraits-intro = One page for each segment. The names are made up; everything else was counted. Figures are shown where chance alone would not bring them about.
portrait-went = Of { $customers } who were here on { $day }, { $stayed } still are; most of the others went to “{ $next }” ({ $part }).
portrait-stayed = Of { $customers } who were here on { $day }, { $stayed } still are.
portrait-came = Of those here now, { $part } came from “{ $from }”.
portrait-came-new = Of those here now, { $part } have come since { $day }.
special-title = What is special
special-caption = Values and figures that differ from the base, largest differences first.
column-what = What
column-inside = Here
column-base = Base
column-when = When
goods-of-segment-caption = What brings most money in this segment.
habits-weekdays = Weekday
habits-year = Month
habits-hours = Hour
habits-busiest = Most orders: { $name }, { $share }.
habits-key = Columns: this segment. Lines: the whole base.
habits-caption = Share of orders by weekday, month and hour.
weekday-short-1 = Mon
weekday-short-2 = Tue
weekday-short-3 = Wed
weekday-short-4 = Thu
weekday-short-5 = Fri
weekday-short-6 = Sat
weekday-short-7 = Sun

plan-title = The plan for every segment
plan-intro = What to do with each, most revenue first. One order each is what it would bring if everybody in the segment ordered once more: the most that an action can move, not a promise.
plan-caption = Segments with what to do, when, and what it may bring.
column-one-each = One order each

card-title = Strategy card
needs-caption = Categories by segment, most missing buyers first.

# Columns of sheets
column-active = Still buying
column-of-first-month = Of the first month
column-from = From
column-to = To
column-persona = Persona
column-story = Story
column-who-says = Who says so
