//! The decision what a file is and how it becomes facts.

use super::columns::{Assignment, assign};
use super::error::{Finding, MappingError};
use super::evidence::filled;
use super::{ColumnUse, CustomerKey, Form, How, MapOptions, Mapping, forms, totals};
use crate::import::cells::{self, Zone};
use crate::import::fields;
use crate::import::names;
use crate::import::presets::{self, Preset};
use crate::import::synonyms::{Word, begins_with_word};
use crate::sources::RowBlock;
use model::base::FactKind;

/// Values of a column that are shown.
const SAMPLES: usize = 3;
/// Letters of a value that are shown.
const SAMPLE_LETTERS: usize = 80;
/// What is remarked where names are the key.
const NAMES_ALONE: &str = "customers are told apart by their names alone, and two people may have one name";
/// The source of files that no preset knows.
const PLAIN_SOURCE: &str = "files";

/// Finds out what a file holds and which column is which field.
///
/// `sample` is the file's first rows. The name of the file matters only where a system says
/// something in it.
///
/// # Errors
/// All that is missing or ambiguous, each with the flag that settles it.
pub fn decide(
    file_name: &str,
    header: &[String],
    sample: &RowBlock,
    options: &MapOptions,
) -> Result<Mapping, MappingError> {
    let preset = choose_preset(header, sample, options)?;
    let kind = match options.kind.or(preset.map(|preset| preset.kind)) {
        Some(kind) => kind,
        None => find_kind(header, sample, options)?,
    };
    let assignment = assign(kind, header, sample, preset, options);
    let mut findings = assignment.findings.clone();
    let mut mapping = Mapping {
        kind,
        preset: preset.map(|preset| preset.id.clone()),
        source: options
            .source
            .clone()
            .unwrap_or_else(|| preset.map_or(PLAIN_SOURCE, |preset| preset.source.as_str()).to_owned()),
        key: None,
        columns: columns(&assignment, sample),
        group: preset.is_some_and(|preset| preset.group),
        carry: preset.map(|preset| preset.carry.clone()).unwrap_or_default(),
        whole_orders: false,
        zone: options.zone.clone().or(preset.and_then(|preset| preset.zone.clone())),
        currency: None,
        cancelled: preset.map(|preset| preset.cancelled.clone()).unwrap_or_default(),
        fill: fill(options, preset),
        words: preset.map(|preset| preset.words.clone()).unwrap_or_default(),
        only: preset.map(|preset| only(preset, header)).unwrap_or_default(),
        id_until: preset.and_then(|preset| preset.id_until),
        yearly: preset.is_some_and(|preset| preset.yearly),
        cents: preset.is_some_and(|preset| preset.cents),
        consent: preset.filter(|preset| preset.consent_in_name).and_then(|_| consent_of_name(file_name)),
        language: options.language.or(assignment.language()),
        allow_future: options.allow_future,
        warnings: assignment.warnings,
        evidence: Vec::new(),
    };
    findings.extend(places(&mut mapping, options, preset));
    match kind {
        FactKind::Orders => findings.extend(orders(&mut mapping, sample, options, preset)),
        FactKind::Customers => findings.extend(customers(&mut mapping)),
        FactKind::Products => findings.extend(products(&mut mapping)),
        FactKind::Regions => findings.extend(regions(&mapping)),
        FactKind::Population => findings.extend(population(&mapping)),
        FactKind::Deals | FactKind::Leads | FactKind::Touches | FactKind::Contacts => {
            findings.extend(events(&mut mapping, options, preset));
        }
    }
    findings.extend(forms::find(&mut mapping, sample, options, preset));
    totals::settle(&mut mapping, sample);
    if findings.is_empty() { Ok(mapping) } else { Err(MappingError { findings }) }
}

/// The preset the user names, else the one whose signature the header has.
fn choose_preset<'a>(
    header: &[String],
    sample: &RowBlock,
    options: &'a MapOptions,
) -> Result<Option<&'a Preset>, MappingError> {
    let all = || options.presets.iter().chain(presets::shipped());
    if let Some(wanted) = &options.preset {
        return all().find(|preset| preset.id == *wanted).map(Some).ok_or_else(|| {
            let near = names::nearest(wanted, all().map(|preset| preset.id.as_str())).map(str::to_owned);
            MappingError { findings: vec![Finding::NoPreset { preset: wanted.clone(), near }] }
        });
    }
    let fits = |preset: &&Preset| {
        options.kind.is_none_or(|kind| kind == preset.kind)
            && (preset.carry.is_empty() || has_headings(preset, header, sample))
    };
    Ok(presets::recognise(all().filter(fits), header))
}

/// Whether the file of a preset that carries values down has rows to carry from: a customer, and
/// no goods. Without them it is a plain table, and its empty cells are empty.
fn has_headings(preset: &Preset, header: &[String], sample: &RowBlock) -> bool {
    let columns = |wanted: &[&str]| -> Vec<usize> {
        let of_field = |index: &usize| {
            preset.columns.iter().any(|(field, name)| {
                wanted.contains(&field.as_str()) && names::matches(name, &header[*index])
            })
        };
        (0..header.len()).filter(of_field).collect()
    };
    let (people, goods) = (columns(&["customer_id", "full_name"]), columns(&["product", "product_id"]));
    sample.iter().any(|row| {
        let names = |index: &usize| !cells::is_null(row.cell(*index));
        let heading =
            people.iter().any(|index| names(index) && !begins_with_word(Word::Total, row.cell(*index)));
        heading && !goods.is_empty() && !goods.iter().any(names)
    })
}

/// What a file of no known system holds, by the fields its columns could be.
fn find_kind(header: &[String], sample: &RowBlock, options: &MapOptions) -> Result<FactKind, MappingError> {
    let orders = assign(FactKind::Orders, header, sample, None, options);
    let customers = assign(FactKind::Customers, header, sample, None, options);
    let products = assign(FactKind::Products, header, sample, None, options);
    if let Some(kind) = find_event_kind(header, sample, options) {
        return Ok(kind);
    }
    let any = |of: &Assignment<'_>, names: &[&str]| names.iter().any(|name| of.has(name));
    let regions = assign(FactKind::Regions, header, sample, None, options);
    let of_people =
        any(&customers, &["customer_id", "email", "phone", "full_name", "first_name", "last_name"]);
    let described = ["population", "density", "climate"].iter().any(|name| regions.has_surely(name));
    if described && any(&regions, &PLACES) && !of_people {
        return Ok(FactKind::Regions);
    }
    let dated = any(&orders, &["ordered_at", "document"]);
    let paid = any(&orders, &["amount", "order_total"]) || (orders.has("price") && orders.has("quantity"));
    let sold = any(&orders, &["quantity", "product", "product_id"]) || orders.has_surely("order_id");
    let personal = any(&customers, &["email", "phone", "first_name", "birthday", "consent_email"]);
    if dated && paid && (sold || orders.has_surely("ordered_at") || !personal) {
        return Ok(FactKind::Orders);
    }
    let of_goods = any(&products, &["product_id", "product"])
        && (products.has_surely("product_id") || products.has_surely("product"));
    if of_goods && !personal && !dated && !orders.has("quantity") && !orders.has_surely("order_id") {
        return Ok(FactKind::Products);
    }
    if orders.has_surely("order_id") || orders.has("quantity") || (dated && paid) {
        return Ok(FactKind::Orders);
    }
    if any(&customers, &["customer_id", "email", "phone", "full_name"]) {
        return Ok(FactKind::Customers);
    }
    if of_goods {
        return Ok(FactKind::Products);
    }
    Err(MappingError { findings: vec![Finding::Kind] })
}

/// Deals, leads and touches are known by columns that no other file has.
fn find_event_kind(header: &[String], sample: &RowBlock, options: &MapOptions) -> Option<FactKind> {
    let of = |kind| assign(kind, header, sample, None, options);
    let surely = |of: &Assignment<'_>, names: &[&str]| names.iter().any(|name| of.has_surely(name));
    let deals = of(FactKind::Deals);
    if surely(&deals, &["deal_id", "stage", "pipeline"]) || deals.has("outcome") && deals.has("closed_at") {
        return Some(FactKind::Deals);
    }
    let (leads, touches) = (of(FactKind::Leads), of(FactKind::Touches));
    if surely(&leads, &["lead_id"]) {
        return Some(FactKind::Leads);
    }
    let contacts = of(FactKind::Contacts);
    if contacts.has("customer_id")
        && surely(&contacts, &["influence", "work_motives", "personal_motives", "decision_part"])
    {
        return Some(FactKind::Contacts);
    }
    let happened = touches.has("happened_at") && surely(&touches, &["touch", "touch_id", "happened_at"]);
    (happened && touches.has_surely("touch")).then_some(FactKind::Touches)
}

/// What every row says, by the user before the preset.
fn fill(options: &MapOptions, preset: Option<&Preset>) -> Vec<(String, String)> {
    let of_preset = preset.map_or(&[][..], |preset| &preset.fill[..]).iter();
    let said = |field: &str| options.fill.iter().any(|(known, _)| known == field);
    options.fill.iter().chain(of_preset.filter(|(field, _)| !said(field))).cloned().collect()
}

/// The columns whose cells say whether a row is a fact.
fn only(preset: &Preset, header: &[String]) -> Vec<(usize, Vec<String>)> {
    let place = |name: &str| header.iter().position(|have| names::matches(name, have));
    preset.only.iter().filter_map(|(name, cells)| Some((place(name)?, cells.clone()))).collect()
}

/// A value as it is shown: of a long text the beginning.
fn shortened(value: &str) -> String {
    match value.char_indices().nth(SAMPLE_LETTERS) {
        Some((end, _)) => format!("{}…", &value[..end]),
        None => value.to_owned(),
    }
}

fn columns(assignment: &Assignment<'_>, sample: &RowBlock) -> Vec<ColumnUse> {
    let uses = assignment.header.iter().zip(&assignment.uses).enumerate();
    uses.map(|(index, (header, used))| {
        let used = used.as_ref().filter(|(field, _)| field != fields::IGNORE);
        ColumnUse {
            index,
            header: header.clone(),
            field: used.map(|(field, _)| field.clone()),
            how: used.map_or(How::Ignored, |&(_, how)| how),
            form: Form::Text,
            settled: true,
            samples: filled(sample, index).take(SAMPLES).map(shortened).collect(),
        }
    })
    .collect()
}

/// Zone and currency, as the user or the preset says.
fn places(mapping: &mut Mapping, options: &MapOptions, preset: Option<&Preset>) -> Vec<Finding> {
    let mut findings = Vec::new();
    if let Some(zone) = mapping.zone.as_ref().filter(|zone| Zone::get(zone).is_err()) {
        findings.push(Finding::NoZone { zone: zone.clone() });
    }
    if let Some(currency) = options.currency.as_ref().or(preset.and_then(|preset| preset.currency.as_ref())) {
        match cells::currency_code(currency) {
            Some(code) => mapping.currency = Some(code.to_owned()),
            None => findings.push(Finding::NoCurrency { currency: currency.clone() }),
        }
    }
    findings
}

fn orders(
    mapping: &mut Mapping,
    sample: &RowBlock,
    options: &MapOptions,
    preset: Option<&Preset>,
) -> Vec<Finding> {
    let mut findings = Vec::new();
    if !mapping.has("ordered_at") && !mapping.has("document") {
        findings.push(missing(mapping, "ordered_at"));
    }
    let by_lines = mapping.has("amount") || (mapping.has("price") && mapping.has("quantity"));
    mapping.whole_orders = !by_lines && mapping.has("order_total");
    if !by_lines && !mapping.whole_orders {
        findings.push(missing(mapping, "amount"));
    }
    let anonymous = options.allow_anonymous || preset.is_some_and(|preset| preset.anonymous);
    mapping.key = key(mapping, anonymous);
    let advice = preset.and_then(|preset| preset.advice.clone());
    match mapping.key {
        None if !anonymous => findings.push(Finding::NoCustomer { advice }),
        Some(CustomerKey::FullName) => {
            let advice = advice.map(|advice| format!(": {advice}")).unwrap_or_default();
            mapping.warnings.push(format!("{NAMES_ALONE}{advice}"));
        }
        _ => {}
    }
    if !mapping.whole_orders && mapping.has("order_id") {
        let of_order = mapping.has("order_discount") || mapping.has("refunded");
        mapping.group |= of_order || continues(mapping, sample);
    }
    if mapping.whole_orders && !mapping.has("items") {
        // Nothing is filled down where every row is an order of its own.
        mapping.group = false;
    }
    findings
}

/// Whether rows of an order leave out what its first row says: the date is empty and the order's
/// id is empty or that of the row above.
fn continues(mapping: &Mapping, sample: &RowBlock) -> bool {
    let (Some(id), Some(at)) = (mapping.column("order_id"), mapping.column("ordered_at")) else {
        return false;
    };
    let goods: Vec<usize> = ["product", "product_id", "price", "quantity"]
        .iter()
        .filter_map(|field| mapping.column(field))
        .map(|column| column.index)
        .collect();
    let mut above = None;
    for row in sample.iter() {
        let (order, date) = (row.cell(id.index), row.cell(at.index));
        let same = cells::is_null(order) || above == Some(order);
        let first = row.cell(0);
        let has_goods = goods.iter().filter(|&&index| !cells::is_null(row.cell(index))).count() > 1;
        if above.is_some()
            && same
            && cells::is_null(date)
            && has_goods
            && !begins_with_word(Word::Total, first)
        {
            return true;
        }
        if !cells::is_null(order) {
            above = Some(order);
        }
    }
    false
}

fn customers(mapping: &mut Mapping) -> Vec<Finding> {
    mapping.key = key(mapping, false);
    match mapping.key {
        None => vec![missing(mapping, "customer_id")],
        Some(CustomerKey::FullName) => {
            mapping.warnings.push(NAMES_ALONE.to_owned());
            Vec::new()
        }
        _ => Vec::new(),
    }
}

/// Something that happened needs a moment and a kind; a deal or a lead may be without a date.
fn events(mapping: &mut Mapping, options: &MapOptions, preset: Option<&Preset>) -> Vec<Finding> {
    let mut findings = Vec::new();
    let unknown = |field: &str| fields::field(mapping.kind, field).is_none();
    if let Some((field, _)) = mapping.fill.iter().find(|(field, _)| unknown(field)) {
        let near = names::nearest(field, fields::fields(mapping.kind).map(|field| field.name));
        findings.push(Finding::NoField { field: field.clone(), near });
    }
    if mapping.kind == FactKind::Touches {
        for needed in ["happened_at", "touch"] {
            if !mapping.says(needed) {
                findings.push(missing(mapping, needed));
            }
        }
    }
    if mapping.kind == FactKind::Contacts {
        // Without its company a person is a customer, and no contact of one.
        if !mapping.has("customer_id") {
            findings.push(missing(mapping, "customer_id"));
        }
        mapping.key = Some(CustomerKey::Id);
        return findings;
    }
    let anonymous = options.allow_anonymous || preset.is_some_and(|preset| preset.anonymous);
    mapping.key = key(mapping, anonymous);
    if mapping.key.is_none() && !anonymous {
        findings.push(Finding::NoCustomer { advice: preset.and_then(|preset| preset.advice.clone()) });
    }
    let by_name = mapping.key == Some(CustomerKey::FullName) || mapping.falls_back_on_names();
    if by_name {
        let warning = "deals without a company are told apart by people's names, and two may have one name";
        let warning = if mapping.key == Some(CustomerKey::FullName) { NAMES_ALONE } else { warning };
        mapping.warnings.push(warning.to_owned());
    }
    findings
}

/// Products without an id are known by their names.
fn products(mapping: &mut Mapping) -> Vec<Finding> {
    if mapping.has("product_id") || mapping.has("product") {
        return Vec::new();
    }
    vec![missing(mapping, "product_id")]
}

/// The columns that name a place.
const PLACES: [&str; 7] = ["zip", "zip_prefix", "city", "region", "region_code", "country", "country_code"];

/// A place by some name, and something to know of it.
fn regions(mapping: &Mapping) -> Vec<Finding> {
    if !PLACES.iter().any(|name| mapping.has(name)) {
        return vec![missing(mapping, "city")];
    }
    let is_name = |field: &Option<String>| field.as_deref().is_none_or(|name| PLACES.contains(&name));
    if mapping.columns.iter().all(|column| is_name(&column.field)) {
        return vec![missing(mapping, "population")];
    }
    Vec::new()
}

/// A population has a name, and either attributes in columns or an attribute and a value in each row.
fn population(mapping: &Mapping) -> Vec<Finding> {
    let mut findings = Vec::new();
    if !mapping.says("population_name") {
        findings.push(missing(mapping, "population_name"));
    }
    match (mapping.has("attribute"), mapping.has("value")) {
        (true, false) => findings.push(missing(mapping, "value")),
        (false, true) => findings.push(missing(mapping, "attribute")),
        _ => {}
    }
    findings
}

/// The best key the columns give; names only where nobody said that orders of nobody will do.
fn key(mapping: &Mapping, allow_anonymous: bool) -> Option<CustomerKey> {
    let keys = [CustomerKey::Id, CustomerKey::Email, CustomerKey::Phone, CustomerKey::FullName];
    keys.into_iter()
        .filter(|&key| key != CustomerKey::FullName || !allow_anonymous)
        .find(|key| mapping.has(key.field()) || (*key == CustomerKey::Phone && mapping.is_of_calls()))
}

fn missing(mapping: &Mapping, field: &'static str) -> Finding {
    let meaning = fields::field(mapping.kind, field).map_or("", |field| field.meaning);
    let open = mapping
        .columns
        .iter()
        .filter(|column| matches!(column.how, How::Ignored | How::Attribute) && !column.header.is_empty());
    let near = names::nearest(field, open.map(|column| column.header.as_str())).map(str::to_owned);
    Finding::Missing { field, meaning, near }
}

/// What the beginning of a file's name says of consent, in the words of Mailchimp's exports.
fn consent_of_name(file_name: &str) -> Option<bool> {
    let name = file_name.rsplit(['/', '\\']).next()?.to_lowercase();
    match name.split('_').next()? {
        "subscribed" => Some(true),
        "unsubscribed" | "nonsubscribed" | "cleaned" => Some(false),
        _ => None,
    }
}
