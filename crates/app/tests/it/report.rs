//! The report page: structure, safety, contrast, all languages, empty and tiny bases.

use crate::html::{Element, elements};
use dolka_app::report::data::{
    Cut, Goods, Measure, MonthTotals, Note, OwnAction, OwnSetting, Rfm, RfmCell, RfmMoney, RfmName, Totals,
};
use dolka_app::report::heat::Rgb;
use dolka_app::report::{ReportData, render};
use dolka_app::words::Language;
use dolka_app::words::messages::sources;
use engine::import::problem::REASONS;
use model::calendar::Day;
use model::money::Money;
use std::collections::BTreeSet;

/// Figures of UCI Online Retail (CC BY 4.0), summed up: no row of the data is in it.
fn online_retail() -> ReportData {
    serde_json::from_str(include_str!("../fixtures/report.json")).expect("the fixture is a report")
}

fn empty() -> ReportData {
    ReportData { as_of: Day(20_000), zone: "Europe/Riga".to_owned(), ..ReportData::default() }
}

fn tiny() -> ReportData {
    let (day, revenue) = (Day(19_999), Money::units(12));
    let name = RfmName {
        name: "champions".to_owned(),
        customers: 1,
        orders: 1,
        revenue,
        median_recency_days: Some(1.0),
        average_order: Some(revenue),
        actions: Vec::new(),
    };
    ReportData {
        currency: "EUR".to_owned(),
        totals: Totals {
            customers: 1,
            buyers: 1,
            orders: 1,
            revenue,
            first_day: Some(day),
            last_day: Some(day),
            ..Totals::default()
        },
        months: vec![MonthTotals { month: Day(19_997), orders: 1, revenue }],
        rfm: Some(Rfm {
            groups: 3,
            money: RfmMoney::Total,
            window_days: Some(21),
            cells: vec![RfmCell { r: 3, f: 3, m: 3, customers: 1, orders: 1, revenue }],
            names: vec![name],
            cuts: Vec::new(),
        }),
        notes: vec![
            Note::FewBuyers { buyers: 1 },
            Note::ShortHistory { days: 1 },
            Note::EmptyGroup { measure: Measure::Frequency, group: 2 },
            Note::NoCycle,
            Note::NoWholePeriod,
            Note::CostsPartly { share: 0.5 },
            Note::ManyRejected { share: 0.3 },
        ],
        ..empty()
    }
}

/// The full report and the odd ones, in every language.
fn pages() -> Vec<(String, String)> {
    let mut digits = online_retail();
    let rfm = digits.rfm.as_mut().expect("the fixture has RFM");
    rfm.groups = 5;
    let mut losses = online_retail();
    losses.months.iter_mut().step_by(2).for_each(|month| month.revenue = Money(-month.revenue.0));
    let bases = [
        ("full", online_retail()),
        ("empty", empty()),
        ("tiny", tiny()),
        ("digits", digits),
        ("losses", losses),
    ];
    let render_all = |(name, data): &(&str, ReportData)| {
        Language::ALL.map(|language| (format!("{name} {language:?}"), render(data, language)))
    };
    bases.iter().flat_map(render_all).collect()
}

fn around<'a>(all: &'a [Element], element: &'a Element) -> impl Iterator<Item = &'a Element> {
    std::iter::successors(element.parent, |&at| all[at].parent).map(|at| &all[at])
}

/// The page of some data in a language.
fn page(data: &ReportData, language: Language) -> String {
    render(data, language)
}

#[test]
fn every_reason_has_words_in_every_language() {
    let set_aside = ["cancelled", "header", "heading", "blank"];
    let codes = REASONS.iter().map(|reason| reason.code).filter(|code| code.starts_with("E_"));
    let keys: Vec<String> = codes
        .map(|code| format!("rejected-{code}"))
        .chain(set_aside.map(|reason| format!("set-aside-{reason}")))
        .collect();
    assert!(keys.len() > 20, "{keys:?}");
    for language in Language::ALL {
        for key in &keys {
            let line = format!("{key} = ");
            let said = sources(language).any(|text| text.lines().any(|found| found.starts_with(&line)));
            assert!(said, "{language:?} has no words for {key}");
        }
    }
}

#[test]
fn texts_fit_the_cuts() {
    let mut data = tiny();
    let rfm = data.rfm.as_mut().expect("there is RFM");
    rfm.names[0].name = "lost_one_offs".to_owned();
    let cut = |group, from, to| Cut { measure: Measure::Frequency, group, from, to };
    rfm.cuts = vec![cut(1, 1, 1), cut(2, 2, 3), cut(3, 4, 9)];
    assert!(page(&data, Language::En).contains("Bought once, long ago."));
    data.rfm.as_mut().expect("there is RFM").cuts[0].to = 2;
    for (language, says) in [
        (Language::En, "Bought rarely, long ago."),
        (Language::Ru, "Покупали редко и давно."),
        (Language::Ca, "Van comprar poques vegades, fa molt de temps."),
        (Language::Lv, "Pirka reti un sen."),
    ] {
        let page = page(&data, language);
        assert!(page.contains(says) && !page.contains("Bought once"), "{language:?}");
    }
}

#[test]
fn own_actions_and_settings_are_shown() {
    let mut data = tiny();
    let own = |cells: &[&str], action: &str| OwnAction {
        cells: cells.iter().map(|&cell| cell.to_owned()).collect(),
        action: action.to_owned(),
    };
    data.rfm.as_mut().expect("there is RFM").names[0].actions = vec![own(&[], "Ring them up.")];
    let setting = |segmentation: &str, setting: &str, value: &str| OwnSetting {
        segmentation: segmentation.to_owned(),
        setting: setting.to_owned(),
        value: value.to_owned(),
    };
    data.settings = vec![setting("rfm", "cuts", "R 30, 90"), setting("rfm", "actions", "CC=Ring them up.")];
    let whole = page(&data, Language::En);
    assert!(whole.contains("Ring them up.") && whole.contains("rfm.cuts = R 30, 90. Where"));
    assert!(!whole.contains("rfm.actions") && !whole.contains("Thank them by name"));
    data.rfm.as_mut().expect("there is RFM").names[0].actions = vec![own(&["CCC"], "Ring them up.")];
    let part = page(&data, Language::En);
    assert!(part.contains("CCC: Ring them up.") && part.contains("Thank them by name"));
}

#[test]
fn nearly_all_is_not_said_to_be_all() {
    let said = |share| {
        let mut data = tiny();
        data.notes = vec![Note::XyzOneLetter { letter: 'Z', share }];
        page(&data, Language::En)
    };
    for (share, text) in [(1.0, "100% of the customers"), (0.9999, ">99.9% of"), (0.97, "97.0% of")] {
        let page = said(share).replace("&#62;", ">").replace("&gt;", ">");
        assert!(page.contains(text), "{share}");
        assert!(!page.contains("100.0% of the customers"), "{share}");
    }
}

#[test]
fn pages_are_well_formed_and_said_in_full() {
    for (name, page) in pages() {
        let all = elements(&page);
        let code = name.rsplit(' ').next().unwrap().to_lowercase();
        assert_eq!(all[0].attributes["lang"], code);
        assert!(!page.contains('⟦'), "{name} lacks words");
        assert!(!page.contains("NaN") && !page.contains("inf%"), "{name}");
        let mut ids = BTreeSet::new();
        for id in all.iter().filter_map(|element| element.attributes.get("id")) {
            assert!(ids.insert(id.clone()), "{name}: id {id} stands twice");
        }
        for element in &all {
            for key in ["aria-labelledby", "href"] {
                let refers = element.attributes.get(key).map_or("", String::as_str);
                for id in refers.split(' ').filter(|id| !id.is_empty()) {
                    assert!(ids.contains(id.trim_start_matches('#')), "{name}: no element {id}");
                }
            }
        }
    }
}

#[test]
fn nothing_is_fetched_and_nothing_needs_a_loose_policy() {
    for (name, page) in pages() {
        for word in ["http:", "https:", "//", "@import", "url(h", "<script", "src="] {
            assert!(!page.contains(word), "{name} contains {word}");
        }
        for element in elements(&page) {
            let risky = element.attributes.keys().find(|key| *key == "style" || key.starts_with("on"));
            assert_eq!(risky, None, "{name}: {element:?}");
        }
    }
}

#[test]
fn tables_have_captions_and_headings_go_in_order() {
    for (name, page) in pages() {
        let all = elements(&page);
        for (at, table) in all.iter().enumerate().filter(|(_, element)| element.name == "table") {
            let caption = all.iter().find(|inner| inner.parent == Some(at) && inner.name == "caption");
            assert!(caption.is_some_and(|caption| !caption.text.trim().is_empty()), "{name}: {table:?}");
        }
        for head in all.iter().filter(|element| element.name == "th") {
            assert!(head.attributes.contains_key("scope"), "{name}: {head:?}");
            assert!(!head.text.trim().is_empty(), "{name}: an empty header");
        }
        let mut level = 0;
        for heading in all.iter().filter(|element| element.name.len() == 2 && element.name.starts_with('h')) {
            let Ok(next) = heading.name[1..].parse::<u32>() else { continue };
            assert!(next <= level + 1, "{name}: {heading:?} after h{level}");
            level = next;
        }
        assert_eq!(all.iter().filter(|element| element.name == "main").count(), 1);
        let drawings = all.iter().filter(|element| {
            element.name == "svg"
                && !around(&all, element).any(|outer| outer.name == "svg")
                && !element.attributes.contains_key("aria-hidden")
        });
        for drawing in drawings {
            assert_eq!(drawing.attributes.get("role").map(String::as_str), Some("img"), "{name}");
            let is_named =
                ["aria-labelledby", "aria-label"].iter().any(|key| drawing.attributes.contains_key(*key));
            assert!(is_named, "{name}");
        }
    }
}

/// A colour from `#rrggbb`.
fn colour(text: &str) -> Rgb {
    let number = u32::from_str_radix(text.trim().trim_start_matches('#'), 16).expect("a colour");
    Rgb([number >> 16, number >> 8, number].map(|channel| (channel & 0xff) as u8))
}

/// The light and the dark colour of `light-dark(#…, #…)` behind a name.
fn colours(style: &str, name: &str) -> [Rgb; 2] {
    let after = style.split_once(&format!("{name}: light-dark(")).unwrap_or_else(|| panic!("{name}")).1;
    let (light, dark) =
        after.split_once(')').and_then(|(pair, _)| pair.split_once(',')).expect("two colours");
    [colour(light), colour(dark)]
}

#[test]
fn every_heat_cell_can_be_read() {
    let page = render(&online_retail(), Language::En);
    let all = elements(&page);
    let style = &all.iter().find(|element| element.name == "style").expect("a style").text;
    let mut seen = BTreeSet::new();
    for element in &all {
        let class = element.attributes.get("class").map_or("", String::as_str);
        let heat =
            class.split(' ').find(|name| name.strip_prefix('h').is_some_and(|n| n.parse::<u8>().is_ok()));
        let Some(heat) = heat else { continue };
        seen.insert(heat.to_owned());
        let rule = style.split_once(&format!(".{heat} {{")).expect("a rule for the step").1;
        let rule = rule.split_once('}').expect("a rule ends").0;
        for (back, text) in colours(rule, "background").into_iter().zip(colours(rule, " color")) {
            assert!(back.contrast(text) >= 4.5, "{heat}: {:.2}", back.contrast(text));
        }
    }
    assert!(seen.len() > 8, "only {seen:?}");
}

#[test]
fn fixed_colours_can_be_read_in_both_schemes() {
    let page = render(&empty(), Language::En);
    let all = elements(&page);
    let style = &all.iter().find(|element| element.name == "style").expect("a style").text;
    let of = |name: &str| colours(style, name);
    for back in ["--card", "--page"] {
        for scheme in 0..2 {
            for text in ["--ink", "--soft", "--accent", "--orange"] {
                let contrast = of(text)[scheme].contrast(of(back)[scheme]);
                assert!(contrast >= 4.5, "{text} on {back}: {contrast:.2}");
            }
        }
    }
    for name in ["--keep", "--grow", "--wake", "--win", "--rest"] {
        let after = style.split_once(&format!("{name}: ")).expect("a colour of an aim").1;
        let fill = colour(&after[..7]);
        assert!(fill.contrast(Rgb([255; 3])) >= 4.5, "white on {name}");
        assert!(of("--card").into_iter().all(|card| fill.contrast(card) >= 3.0), "{name} on a card");
    }
    assert!((0..2).all(|scheme| of("--edge")[scheme].contrast(of("--card")[scheme]) >= 3.0));
}

#[test]
fn names_from_files_cannot_become_markup() {
    let mut data = online_retail();
    let evil = "<script>alert('x')</script> & \"co\"".to_owned();
    data.name = Some(evil.clone());
    data.zone = evil.clone();
    data.categories[0] = Goods { name: evil.clone(), ..data.categories[0].clone() };
    data.files[0].name = evil.clone();
    data.files[0].rejected_by[0].0 = evil.clone();
    data.rfm.as_mut().unwrap().names[0].name = evil.clone();
    data.stages.as_mut().unwrap().stages[0].name = evil;
    for language in Language::ALL {
        let page = render(&data, language);
        assert!(!page.contains("<script"));
        assert!(page.contains("&#60;script&#62;"));
        elements(&page);
    }
}

#[test]
fn numbers_of_the_fixture_are_on_the_page() {
    let data = online_retail();
    let plain = |language| render(&data, language).replace('\u{a0}', " ");
    let en = plain(Language::En);
    for text in ["£9,769,872", "19,960", "4,338", "65.6%", "9 December 2011", "Cooling regulars", "£983,770"]
    {
        assert!(en.contains(text), "{text}");
    }
    let ru = plain(Language::Ru);
    for text in ["9 769 872 £", "9 декабря 2011 г.", "647", "Чемпионы", "324 клиента", "53 дня"]
    {
        assert!(ru.contains(text), "{text}");
    }
}

#[test]
fn what_is_missing_is_said_in_one_line_each() {
    let page = render(&empty(), Language::En);
    let all = elements(&page);
    let section =
        all.iter().position(|element| element.attributes.get("id").is_some_and(|id| id == "left-out"));
    let lines = all.iter().filter(|element| {
        element.name == "li" && element.parent.and_then(|list| all[list].parent) == section
    });
    assert_eq!(lines.count(), 20);
    assert!(!render(&online_retail(), Language::En).contains("id=\"left-out\""));
}

#[test]
fn a_report_can_be_kept_as_json() {
    let data = online_retail();
    let text = serde_json::to_string(&data).unwrap();
    assert_eq!(serde_json::from_str::<ReportData>(&text).unwrap(), data);
}
