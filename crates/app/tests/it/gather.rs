//! From facts to the plain values of a report, worked out by hand where the base is small.

use crate::base::{Base, day, line};
use dolka_app::report::data::{
    AbcXyzCell, Basis, Cohort, CohortAge, Cut, FileCounts, Goods, LtvTier, Measure, MonthTotals, Note,
    ParetoPoint, Rfm, RfmCell, RfmName, Stage, Totals, VolumeGroup,
};
use dolka_app::report::{ReportData, analyse, render, report_data};
use dolka_app::words::Language;
use engine::facts::OrderLine;
use engine::progress::Unwatched;
use engine::segmentations::{Asked, SEGMENTATIONS};
use engine::targets::Reach;
use model::base::{FactKind, ImportCounts};
use model::calendar::{AsOf, Day, Period};
use model::money::Money;

/// Every segmentation; settings as `rfm.groups`.
fn asked(settings: &[(&'static str, &'static str)]) -> Vec<Asked> {
    let own = |name: &str| {
        let of = |&(key, value): &(&'static str, &'static str)| {
            Some((key.strip_prefix(name)?.strip_prefix('.')?, value))
        };
        settings.iter().filter_map(of).collect::<Vec<_>>()
    };
    let all = SEGMENTATIONS.iter();
    all.map(|one| Asked::new(*one, own(one.about().name)).unwrap()).collect()
}

fn report(lines: &[OrderLine<'_>], as_of: Day, settings: &[(&'static str, &'static str)]) -> ReportData {
    let base = Base::of(lines);
    let taken = |threads: usize| {
        let analysis =
            analyse(&base.facts, asked(settings), Reach::Everybody, AsOf(as_of), threads, &Unwatched)
                .unwrap();
        report_data(&analysis, Some("Tea shop".to_owned()), "Europe/Riga", Some("EUR"), Vec::new())
    };
    let once = taken(1);
    assert_eq!(taken(2), once);
    assert_eq!(taken(8), once);
    once
}

/// Four customers and some money without one.
fn tea_shop() -> ReportData {
    let units = |units: i64, category: &'static str, of: OrderLine<'static>| OrderLine {
        quantity: Some(units * 10_000),
        category: Some(category),
        product_id: Some(if category == "Tea" { "t1" } else { "p1" }),
        product: Some(if category == "Tea" { "Green tea" } else { "p1" }),
        ..of
    };
    let lines = [
        units(20, "Tea", line(Some("ann"), day("2024-01-10"), 100)),
        units(20, "Tea", line(Some("ann"), day("2024-02-10"), 100)),
        units(20, "Tea", line(Some("ann"), day("2024-03-10"), 100)),
        units(20, "Tea", line(Some("ann"), day("2024-04-09"), 100)),
        units(3, "Pots", line(Some("bob"), day("2024-01-20"), 50)),
        units(-1, "Pots", line(Some("bob"), day("2024-02-05"), -20)),
        units(1, "Tea", line(Some("cid"), day("2024-04-01"), 30)),
        units(-1, "Tea", line(Some("dan"), day("2024-02-01"), -10)),
        units(2, "Tea", line(None, day("2024-03-15"), 40)),
        OrderLine { quantity: None, ..units(0, "Tea", line(None, day("2024-03-16"), -5)) },
        // After the moment: does not count.
        units(9, "Pots", line(Some("eve"), day("2024-04-11"), 900)),
    ];
    report(&lines, day("2024-04-10"), &[])
}

#[test]
fn totals_months_cohorts_and_goods_of_a_small_base() {
    let data = tea_shop();
    let totals = Totals {
        customers: 4,
        buyers: 3,
        repeat_buyers: 1,
        orders: 7,
        returns: 3,
        revenue: Money::units(485),
        anonymous_orders: 1,
        anonymous_revenue: Money::units(35),
        first_day: Some(day("2024-01-10")),
        last_day: Some(day("2024-04-09")),
    };
    assert_eq!(data.totals, totals);
    let month = |first: &str, orders, revenue| MonthTotals {
        month: day(first),
        orders,
        revenue: Money::units(revenue),
    };
    let months = [
        month("2024-01-01", 2, 150),
        month("2024-02-01", 1, 70),
        month("2024-03-01", 2, 135),
        month("2024-04-01", 2, 130),
    ];
    assert_eq!(data.months, months);
    let cohort = |month: &str, customers, ages: &[(u64, i64)]| Cohort {
        month: day(month),
        customers,
        ages: ages
            .iter()
            .map(|&(active, revenue)| CohortAge { active, revenue: Money::units(revenue) })
            .collect(),
    };
    let cohorts = [
        cohort("2024-01-01", 2, &[(2, 150), (1, 80), (1, 100), (1, 100)]),
        cohort("2024-04-01", 1, &[(1, 30)]),
    ];
    assert_eq!(data.cohorts.as_deref(), Some(&cohorts[..]));
    let goods = |name: &str, orders, customers, units: i64, revenue| Goods {
        name: name.to_owned(),
        orders,
        customers,
        quantity: Some(units * 10_000),
        revenue: Money::units(revenue),
    };
    assert_eq!(data.categories, [goods("Tea", 6, 2, 82, 455), goods("Pots", 1, 1, 2, 30)]);
    assert_eq!(data.products, [goods("Green tea", 6, 2, 82, 455), goods("p1", 1, 1, 2, 30)]);
}

#[test]
fn rfm_of_a_small_base() {
    let rfm = tea_shop().rfm.unwrap();
    let cell = |[r, f, m]: [u8; 3], orders, revenue| RfmCell {
        r,
        f,
        m,
        customers: 1,
        orders,
        revenue: Money::units(revenue),
    };
    assert_eq!(rfm.cells, [cell([1, 1, 1], 1, 30), cell([2, 1, 1], 1, 30), cell([3, 3, 3], 4, 400)]);
    let name = |name: &str, orders, revenue, days: Option<f64>, average: Option<i64>| RfmName {
        name: name.to_owned(),
        customers: 1,
        orders,
        revenue: Money::units(revenue),
        median_recency_days: days,
        average_order: average.map(Money::units),
        actions: Vec::new(),
    };
    let names = [
        name("champions", 4, 400, Some(1.0), Some(100)),
        name("cooling_one_offs", 1, 30, Some(9.0), Some(30)),
        name("lost_one_offs", 1, 30, Some(81.0), Some(30)),
        name("no_orders", 0, -10, None, None),
    ];
    assert_eq!(rfm.names, names);
    let cut = |measure, group, value| Cut { measure, group, from: value, to: value };
    let cuts = [
        cut(Measure::Recency, 1, 81),
        cut(Measure::Recency, 2, 9),
        cut(Measure::Recency, 3, 1),
        cut(Measure::Frequency, 1, 1),
        cut(Measure::Frequency, 3, 4),
        cut(Measure::Money, 1, Money::units(30).0),
        cut(Measure::Money, 3, Money::units(400).0),
    ];
    assert_eq!(rfm.cuts, cuts);
    assert_eq!((rfm.groups, rfm.window_days), (3, None));
}

#[test]
fn other_segments_of_a_small_base() {
    let data = tea_shop();
    let abc_xyz = data.abc_xyz.unwrap();
    assert_eq!(abc_xyz.window.first_day(), day("2023-04-01"));
    assert_eq!((abc_xyz.abc_limits, abc_xyz.xyz_limits), ([0.8, 0.95], [0.1, 0.25]));
    let cell = |abc, xyz, revenue| AbcXyzCell { abc, xyz, customers: 1, revenue: Money::units(revenue) };
    assert_eq!(abc_xyz.cells, [cell('A', 'X', 300), cell('B', 'Z', 30), cell('C', 'N', 0)]);
    let point = |customers, share| ParetoPoint { customers, share };
    assert_eq!(abc_xyz.pareto, [point(1, 300.0 / 330.0), point(2, 1.0), point(3, 1.0)]);

    // One month is 30.4375 days: 400 in 91 days, 30 in 9 days (a month at least), 30 in 81 days.
    let ltv = data.ltv.unwrap();
    let tier = |name: &str, value, cap| LtvTier {
        name: name.to_owned(),
        customers: 1,
        median_ltv: Some(Money(value)),
        total_ltv: Money(value),
        acquisition_cap: Some(Money(cap)),
    };
    let none = LtvTier {
        name: "no_orders".to_owned(),
        customers: 1,
        median_ltv: None,
        total_ltv: Money::ZERO,
        acquisition_cap: None,
    };
    let tiers = [
        tier("vip", 1_337_912, 445_971),
        tier("standard", 300_000, 100_000),
        tier("economy", 112_731, 37_577),
        none,
    ];
    assert_eq!(ltv.tiers, tiers);
    assert_eq!((ltv.basis, ltv.lifetime_months, ltv.provisional), (Basis::Revenue, 1.0, 1));

    let stages = data.stages.unwrap();
    let stage = |name: &str, customers, asleep, revenue| Stage {
        name: name.to_owned(),
        customers,
        asleep,
        revenue: Money::units(revenue),
    };
    let wanted = [stage("regular", 1, 0, 400), stage("one_time", 2, 1, 60), stage("no_contact", 1, 0, -10)];
    assert_eq!(stages.stages, wanted);
    assert_eq!(stages.cycle_days, Some(30.0));

    let group = |name: &str, customers, orders, revenue| VolumeGroup {
        name: name.to_owned(),
        customers,
        orders,
        revenue: Money::units(revenue),
    };
    let volume =
        [group("retail", 2, 2, 60), group("small_wholesale", 1, 4, 400), group("no_orders", 1, 0, -10)];
    assert_eq!(data.volume.as_deref(), Some(&volume[..]));
    let notes = [
        Note::FewBuyers { buyers: 3 },
        Note::AnonymousRevenue { share: 35.0 / 485.0 },
        Note::EmptyGroup { measure: Measure::Frequency, group: 2 },
        Note::EmptyGroup { measure: Measure::Money, group: 2 },
        Note::NoCosts,
    ];
    assert_eq!(data.notes, notes);
}

#[test]
fn a_base_without_orders_has_no_sections() {
    let returned = line(Some("ann"), day("2024-02-05"), -20);
    for lines in [&[][..], &[returned][..]] {
        let data = report(lines, day("2024-03-01"), &[]);
        assert_eq!(data.totals.customers, lines.len() as u64);
        assert!(data.rfm.is_none() && data.abc_xyz.is_none() && data.ltv.is_none());
        assert!(data.volume.is_none() && data.cohorts.is_none());
        assert_eq!(data.stages.is_some(), !lines.is_empty());
        assert_eq!(data.months.len(), 2 * lines.len());
        assert!(data.notes.is_empty(), "{:?}", data.notes);
        no_gaps(&data);
    }
}

#[test]
fn notes_come_with_what_they_are_about() {
    let young = [
        line(Some("ann"), day("2024-03-05"), 20),
        OrderLine { cost: Some(Money::units(4)), ..line(Some("bob"), day("2024-03-06"), 60) },
    ];
    let data = report(&young, day("2024-03-10"), &[]);
    let notes = [
        Note::FewBuyers { buyers: 2 },
        Note::ShortHistory { days: 2 },
        Note::NoWholePeriod,
        Note::CostsPartly { share: 0.75 },
        Note::NoCycle,
    ];
    assert_eq!(data.notes, notes);
    assert!(data.abc_xyz.is_none());
    // A whole week has ended, and one more day ends the month.
    assert!(report(&young, day("2024-03-10"), &[("abc_xyz.period", "week")]).abc_xyz.is_some());
    assert!(report(&young, day("2024-03-31"), &[]).abc_xyz.is_some());
    // Long after the last order nobody has brought money in the window, but periods have ended.
    let later = report(&young, day("2026-03-10"), &[]);
    assert!(later.abc_xyz.is_none() && !later.notes.contains(&Note::NoWholePeriod));

    // Full costs: value is on margin, and nothing need be said.
    let costed = young.map(|line| OrderLine { cost: Some(Money::units(4)), ..line });
    let data = report(&costed, day("2024-03-10"), &[]);
    assert_eq!(data.ltv.as_ref().unwrap().basis, Basis::Margin);
    assert!(!data.notes.iter().any(|note| matches!(note, Note::CostsPartly { .. } | Note::NoCosts)));
    no_gaps(&data);
}

#[test]
fn many_rejected_rows_come_first() {
    let base = Base::of(&[line(Some("ann"), day("2024-03-05"), 20)]);
    let noted = |rejected: u64| {
        let counts = ImportCounts { rows: 100, rejected, ..ImportCounts::default() };
        let file = FileCounts {
            name: "orders.csv".to_owned(),
            kind: FactKind::Orders,
            counts,
            rejected_by: vec![("E_DATE".to_owned(), rejected)],
            set_aside_by: Vec::new(),
        };
        let analysis =
            analyse(&base.facts, asked(&[]), Reach::Everybody, AsOf(day("2024-03-05")), 1, &Unwatched)
                .unwrap();
        report_data(&analysis, None, "UTC", None, vec![file]).notes
    };
    assert_eq!(noted(5)[0], Note::ManyRejected { share: 0.05 });
    assert!(!noted(4).iter().any(|note| matches!(note, Note::ManyRejected { .. })));
}

/// Some hundreds of customers over two years, in many ways of buying.
fn busy(ids: &[String]) -> Vec<OrderLine<'_>> {
    let mut lines = Vec::new();
    let start = day("2023-01-01");
    for (place, id) in ids.iter().enumerate() {
        let place = place as i32;
        for order in 0..1 + place * 7 % 11 {
            let on = start.plus((place * 37 + order * (5 + place % 60)) % 700);
            let amount = i64::from(3 + place * 13 % 97 + order * 5);
            lines.push(OrderLine {
                category: Some(["Tea", "Pots", "Cups"][(place + order) as usize % 3]),
                ..line(Some(id), on, amount)
            });
        }
    }
    lines
}

fn no_gaps(data: &ReportData) {
    for language in Language::ALL {
        let page = render(data, language);
        assert!(!page.contains('⟦'), "{language:?}: {}", &page[page.find('⟦').unwrap_or(0)..][..80]);
    }
}

fn adds_up(data: &ReportData, rfm: &Rfm) {
    let buyers = data.totals.buyers;
    assert_eq!(rfm.cells.iter().map(|cell| cell.customers).sum::<u64>(), buyers);
    assert_eq!(rfm.names.iter().map(|name| name.customers).sum::<u64>(), data.totals.customers);
    assert_eq!(rfm.names.iter().map(|name| name.orders).sum::<u64>(), data.totals.orders);
    let abc_xyz = data.abc_xyz.as_ref().unwrap();
    assert_eq!(abc_xyz.cells.iter().map(|cell| cell.customers).sum::<u64>(), buyers);
    assert!(abc_xyz.pareto.len() <= 100 && abc_xyz.pareto.len() > 50);
    assert!(abc_xyz.pareto.is_sorted_by(|a, b| a.customers < b.customers && a.share <= b.share));
    assert!(abc_xyz.pareto[10].customers * 10 < buyers, "sparse at the start");
    let last = abc_xyz.pareto.last().unwrap();
    assert_eq!((last.customers, last.share), (buyers, 1.0));
    let ltv = data.ltv.as_ref().unwrap();
    assert_eq!(ltv.tiers.iter().map(|tier| tier.customers).sum::<u64>(), data.totals.customers);
    let months = data.months.iter();
    assert_eq!(months.map(|month| month.revenue.0).sum::<i64>(), data.totals.revenue.0);
    let cohorts = data.cohorts.as_ref().unwrap().iter();
    assert_eq!(cohorts.map(|cohort| cohort.customers).sum::<u64>(), buyers);
}

#[test]
fn every_number_of_groups_and_every_period_can_be_shown() {
    let ids: Vec<String> = (0..400).map(|number| format!("c{number}")).collect();
    let lines = busy(&ids);
    let as_of = day("2024-12-31");
    let mut named = std::collections::BTreeSet::new();
    for (groups, period) in [("2", "week"), ("3", "month"), ("5", "quarter"), ("10", "week")] {
        let settings = [
            ("rfm.groups", groups),
            ("rfm.window", "20m"),
            ("rfm.money", "average"),
            ("abc_xyz.period", period),
        ];
        let data = report(&lines, as_of, &settings);
        let rfm = data.rfm.as_ref().unwrap();
        assert_eq!(rfm.groups.to_string(), groups);
        // From 1 May 2023 on.
        assert_eq!(rfm.window_days, Some(611));
        named.extend(rfm.names.iter().map(|name| name.name.clone()));
        no_gaps(&data);
    }
    let data = report(&lines, as_of, &[("rfm.groups", "5"), ("abc_xyz.season", "on")]);
    adds_up(&data, data.rfm.as_ref().unwrap());
    let page = render(&data, Language::Ru);
    for name in &named {
        assert!(!page.contains(&format!(">{name}<")), "{name} has no words");
    }
    assert!(named.contains("hibernating") && named.contains("potential_loyalist"), "{named:?}");
    let weeks = report(&lines, as_of, &[("abc_xyz.period", "week")]);
    assert_eq!(weeks.abc_xyz.as_ref().unwrap().window.period, Period::Week);
    let page = render(&weeks, Language::En);
    assert!(page.contains("whole weeks only") && !page.contains("whole months only"));
}

#[test]
fn cuts_per_category_have_no_one_border() {
    let ids: Vec<String> = (0..60).map(|number| format!("c{number}")).collect();
    let lines = busy(&ids);
    let data = report(&lines, day("2024-12-31"), &[("rfm.by", "favourite_category")]);
    let rfm = data.rfm.as_ref().unwrap();
    assert!(rfm.cuts.is_empty() && !rfm.cells.is_empty());
    assert!(!render(&data, Language::En).contains("Where the borders lie"));
    no_gaps(&data);
    // Nobody lies between these limits: not because values are equal.
    let data = report(&lines, day("2024-12-31"), &[("rfm.cuts", "F 900, 901")]);
    assert!(!data.notes.iter().any(|note| matches!(note, Note::EmptyGroup { .. })));
}

#[test]
fn settings_and_actions_of_ones_own_come_along() {
    let usual = tea_shop();
    assert!(usual.settings.is_empty());
    let line = OrderLine {
        customer_id: Some("ann"),
        order_id: Some("1"),
        day: Day(20_000),
        amount: Money::units(5),
        ..OrderLine::default()
    };
    let own = [("rfm.groups", "2"), ("rfm.actions", "CC=ring; new=write; CCC=visit")];
    let data = report(&[line], Day(20_000), &own);
    let settings: Vec<&str> = data.settings.iter().map(|own| own.setting.as_str()).collect();
    assert_eq!(settings, ["groups", "actions"]);
    let rfm = data.rfm.expect("somebody bought");
    let actions = |name: &str| {
        let found = rfm.names.iter().find(|one| one.name == name)?;
        Some(found.actions.iter().map(|own| (own.cells.join(" "), own.action.clone())).collect::<Vec<_>>())
    };
    // One buyer is in the worst group of all measures, which two groups call A.
    let bought = rfm.names.iter().find(|name| name.customers == 1).expect("one buyer").name.clone();
    let expected = match bought.as_str() {
        "new" => vec![(String::new(), "write".to_owned())],
        _ => Vec::new(),
    };
    assert_eq!(actions(&bought), Some(expected));
}

#[test]
fn what_was_not_asked_for_is_left_out() {
    let base = Base::of(&[line(Some("ann"), day("2024-03-05"), 20)]);
    let analysis =
        analyse(&base.facts, Vec::new(), Reach::Everybody, AsOf(day("2024-05-05")), 1, &Unwatched).unwrap();
    let data = report_data(&analysis, None, "UTC", None, Vec::new());
    assert!(data.rfm.is_none() && data.ltv.is_none() && data.stages.is_none() && data.volume.is_none());
    assert_eq!(data.notes, [Note::FewBuyers { buyers: 1 }, Note::ShortHistory { days: 1 }]);
    assert_eq!((data.months.len(), data.cohorts.as_ref().unwrap()[0].ages.len()), (3, 3));
    no_gaps(&data);
    let wrong = Asked::new(SEGMENTATIONS[0], [("groups", "11")]).unwrap();
    assert!(
        analyse(&base.facts, vec![wrong], Reach::Everybody, AsOf(day("2024-05-05")), 1, &Unwatched).is_err()
    );
}
