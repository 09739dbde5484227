# How every number is defined, what the files were, and why rows are not facts.

methods-title = How the numbers are counted
methods-intro = The same files and the same day always give the same numbers.
method-as-of-term = As of
method-as-of = Only what happened on this day or before it counts. Days are counted in the time zone named at the top.
method-revenue-term = Revenue
method-revenue = All order lines, returns subtracted. Money without a known customer counts in the totals only.
method-order-term = Order and return
method-order = Lines with one order number are one order. An order whose lines are all negative is a return: it lowers revenue and is not an order.
method-average-term = Average order
method-average = Revenue divided by the number of orders.
method-stake-term = Money at stake
method-stake = What the customers of a segment have brought so far. Segments of which half have been away for over a year are not proposed. One usual order from each is customers times average order: the size of the chance, not a forecast.
method-rfm-term = RFM
method-rfm = R: days since the last order; F: number of orders; M: total spent, returns subtracted. Each is cut so that the groups are as equal as can be; equal values always share a group.
method-rfm-average-term = RFM
method-rfm-average = R: days since the last order; F: number of orders; M: average order. Each is cut so that the groups are as equal as can be; equal values always share a group.
method-rfm-names-term = Names of segments
method-rfm-names = The name comes from R and F; champions are the loyal customers with the best M. Who has only returns has no orders.
method-abc-term = ABC
method-abc = Customers in descending order of revenue: A until { $first } of it is reached, then B until { $second }, then C.
method-xyz-term = XYZ
method-xyz = How much a customer’s revenue varies { $period ->
    [week] from week to week
    [quarter] from quarter to quarter
   *[month] from month to month
}: its standard deviation divided by its mean, since the first purchase, empty periods counted. X up to { $first }, Y up to { $second }, Z above; N has fewer than three periods.
method-ltv-term = Lifetime value
method-ltv = Average order × orders per month × lifetime in months, on revenue. Lifetime is the mean time between the first and the last order of repeat customers who are asleep.
method-ltv-margin-term = Lifetime value
method-ltv-margin = Average order × orders per month × lifetime in months, on margin. Lifetime is the mean time between the first and the last order of repeat customers who are asleep.
method-ltv-predicted-term = Lifetime value
method-ltv-predicted = The expected value of the next 12 months, on revenue: a model of when customers order and when they leave is fitted to the whole base, a second one says what their orders are worth, and later money counts for less.
method-ltv-predicted-margin-term = Lifetime value
method-ltv-predicted-margin = The expected value of the next 12 months, on margin: a model of when customers order and when they leave is fitted to the whole base, a second one says what their orders are worth, and later money counts for less.
method-tiers-term = Tiers and limits
method-tiers = VIP are the best tenth of buyers, standard the next four tenths, economy the other half. To win a customer of a tier, at most a third of the tier’s median value may be spent.
method-stages-term = Stages
method-stages = One-time: one order. Regular: four orders or more in the last 365 days and not asleep. Returning: the others with two orders or more.
method-asleep-term = Asleep
method-asleep = More days since the last order than one repeat cycle: the median gap between the customer’s own purchases, or that of all customers where the customer has fewer than three gaps.
method-volume-term = Retail and wholesale
method-volume = By the median quantity of an order: small wholesale from 10 units, wholesale from 100. Where the files have no quantity, by the amount of an order: from 5 and from 25 times the median.
method-cohorts-term = Coming back
method-cohorts = Customers with an order in the month, divided by all who first ordered in the month of the row.
method-settings = Settings of this report: { $settings }. Where the words above differ, these count.

sources-title = Where the numbers come from
sources-intro = Every row that was read is imported, rejected, set aside or unchanged.
sources-none = The numbers come from a base that names no files.
sources-caption = Files and how their rows came out
reasons-caption = Why rows are not in the numbers
kind-orders = orders
kind-customers = customers
kind-products = products

rejected = Rejected
rejected-E_COLUMNS = Too many or too few cells
rejected-E_DATE = Not a date
rejected-E_ENCODING = Letters that cannot be read
rejected-E_EXCEL_SCI = A number that Excel has spoilt (9.12E+10)
rejected-E_FIELD_TOO_LONG = A cell that is too long
rejected-E_FUTURE = A date in the future
rejected-E_NUL = A zero byte in the text
rejected-E_NUMBER = Not a number
rejected-E_TYPE = Not a value of the kind expected
rejected-E_QUOTE = A quote that is never closed
rejected-E_CELL = An error of the spreadsheet (#REF!)
rejected-E_JSON = Not a JSON object
rejected-E_MISSING = A needed cell is empty
rejected-E_RANGE = A number too large to be kept
rejected-E_TOTAL = A total, not data
rejected-E_ID = An id that cannot be used
rejected-E_TWICE = The same place stands there twice with other values
rejected-E_LIMIT = More rows than such a table may have
rejected-E_EMAIL = Not an e-mail address
rejected-E_PHONE = Not a phone number
rejected-E_CURRENCY = Not a currency
rejected-E_RATE = No rate of the currency for the day
rejected-E_ZONE = An unknown time zone
set-aside = Set aside by rule
set-aside-cancelled = Cancelled order
set-aside-header = Repeated header
set-aside-heading = Heading of a group
set-aside-blank = Blank row
set-aside-footer = Line below the table
set-aside-other = Row of another kind
