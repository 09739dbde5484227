//! From files, or from a base, to a report in one HTML file.

use super::beside::{Known, look};
use super::cards::{Written, written};
use super::check::{Remembered, remembered};
use super::competitor;
use super::import::{by_code, each_contacts, write_rejects};
use super::market::{self, Beside};
use super::rules::prepare;
use super::segment::{moment, notice, originals};
use super::targets::{hand_reach, reach_by};
use crate::base::{Base, Place};
use crate::clock;
use crate::report::data::{
    CompetitorSeen, FileCounts, Market, MarketCriterion, MarketValue, ReportData, WhiteSpot,
};
use crate::report::{Analysis, analyse, report_data};
use anyhow::{Context, Result};
use engine::deals::Plan;
use engine::facts::FactSet;
use engine::facts::write::Durability;
use engine::import::cells::Zone;
use engine::market::Spotting;
use engine::progress::Watch;
use engine::segmentations::run::Asked;
use engine::staging::{Destination, FileOptions, StagedFile, Target, stage_file};
use engine::targets::Reach;
use model::base::{BaseSettings, Contact, ContactField, LedgerEntry, ListedFile};
use model::calendar::Day;
use model::comparison::P_MAX;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// What stands for an e-mail or phone where it only matters that there is one.
const KNOWN: &str = "yes";

/// What is asked of a report.
pub struct Request<'a> {
    pub options: &'a FileOptions,
    pub asked: Vec<Asked>,
    /// How deals are classed.
    pub plan: Plan,
    pub as_of: Option<Day>,
    /// Zone in which days are counted; of a base it is the base's own.
    pub zone: String,
    /// Name of the shop.
    pub name: Option<String>,
    pub threads: usize,
}

/// What a report is made of, and what was found on the way.
pub struct Reported {
    pub data: ReportData,
    pub analysis: Analysis,
    /// What is to be known of the moment that was asked about, and what is odd about rules.
    pub notices: Vec<String>,
    pub files: Vec<StagedFile>,
    /// The file of rejected rows of each file that has any.
    pub rejects: Vec<PathBuf>,
}

/// Makes a report of files, without a base: facts live in a folder that goes when it is done.
pub fn of_files(
    files: &[PathBuf],
    rejects: impl Fn(usize) -> PathBuf,
    request: Request<'_>,
    watch: &dyn Watch,
) -> Result<Reported> {
    let folder = tempfile::tempdir().context("cannot make a folder for the facts")?;
    let mut settings = BaseSettings { zone: request.zone.clone(), currency: None, digest_key: [0; 32] };
    let mut options = request.options.clone();
    // No ledger remembers which file facts came from.
    options.open.undigested = true;
    let mut listed: Vec<ListedFile> = Vec::new();
    let mut staged_files = Vec::new();
    let mut rejected = Vec::new();
    for (number, file) in (1..).zip(files) {
        let facts = FactSet::open(folder.path(), &listed, settings.currency.as_deref())?;
        let name = format!("import-{number}");
        let scratch = folder.path().join(format!("scratch-{number}"));
        std::fs::create_dir(&scratch).with_context(|| format!("cannot make `{}`", scratch.display()))?;
        let destination = Destination {
            facts: &facts,
            settings: &settings,
            newest_day: clock::today(&settings.zone).plus(1),
            scratch: &scratch,
            target: Target {
                base: folder.path(),
                name: &name,
                durability: Durability::Ephemeral,
                threads: request.threads,
            },
        };
        let staged = stage_file(file, &options, destination, watch)?;
        listed
            .extend(staged.staged.files.iter().map(|file| ListedFile { import: number, file: file.clone() }));
        settings.currency.clone_from(&staged.currency);
        if !staged.cleaned.problems.is_empty() {
            let path = rejects(rejected.len());
            rejected.push(write_rejects(&path, &staged.cleaned.problems, &staged.header)?);
        }
        staged_files.push(staged);
    }
    let mut facts = FactSet::open(folder.path(), &listed, settings.currency.as_deref())?;
    let counts = staged_files.iter().map(counts_of).collect();
    let with_zips = facts.regions.has_zips();
    let contacts =
        if with_zips || names_rules(&request) { contacts(&staged_files)? } else { BTreeMap::new() };
    if with_zips {
        let zips = contacts.iter().filter(|((_, field), _)| *field == ContactField::Zip);
        facts.hand_zips(zips.map(|((id, _), zip)| (id.clone(), zip.clone())));
    }
    let odd = if names_rules(&request) {
        // Rules may look at contacts, which facts do not hold.
        let said = contacts.into_iter().map(|((id, field), value)| (id, field.name().to_owned(), value));
        facts.hand(said);
        let place =
            Place { folder: folder.path().join("state"), state: None, zone: Some(settings.zone.clone()) };
        let as_of = moment(&facts, request.as_of)?;
        prepare(&Base::open(&place)?, &mut facts, &request.asked, as_of, request.threads, watch)?
    } else {
        Vec::new()
    };
    let reach = hand_reach_of_files(&staged_files, &mut facts)?;
    let known = Known {
        zone: zone(&settings.zone),
        plan: request.plan,
        today: request.as_of.unwrap_or_else(|| clock::today(&settings.zone)),
        by_hand: BTreeMap::new(),
        market: Vec::new(),
        competitors: Vec::new(),
        remembered: Remembered::default(),
        written: BTreeMap::new(),
        groups: BTreeMap::new(),
        originals: BTreeMap::new(),
    };
    let base = (&facts, settings.zone.as_str(), settings.currency.as_deref());
    let (data, analysis, notice) = analysed(base, request, reach, |_| Ok(known), counts, watch)?;
    let notices = notice.into_iter().chain(odd).collect();
    Ok(Reported { data, analysis, notices, files: staged_files, rejects: rejected })
}

/// Finds out by what files say whom one can reach, and hands it to the facts: of an e-mail or phone only that
/// there is one.
fn hand_reach_of_files(files: &[StagedFile], facts: &mut FactSet) -> Result<Reach> {
    let said = || files.iter().filter_map(|staged| staged.contacts.as_ref());
    let mut known = BTreeSet::new();
    for contacts in said() {
        each_contacts(Some(contacts), |piece| {
            known.extend(piece.iter().map(|contact| contact.field.name()));
            Ok(())
        })?;
    }
    let reach = reach_by(|field| Ok(known.contains(field.name())))?;
    let mut values: BTreeMap<(String, &'static str), String> = BTreeMap::new();
    for contacts in said() {
        each_contacts(Some(contacts), |piece| {
            for Contact { customer_id, field, value } in piece {
                if !reach.attributes().contains(&field.name()) {
                    continue;
                }
                let value = if matches!(reach, Reach::Consent(_)) { value.as_str() } else { KNOWN };
                let kept = values.entry((customer_id.clone(), field.name())).or_default();
                if !field.stays(kept) {
                    value.clone_into(kept);
                }
            }
            Ok(())
        })?;
    }
    facts.hand(values.into_iter().map(|((id, name), value)| (id, name.to_owned(), value)));
    Ok(reach)
}

/// What files say of contacts, as the state would keep it: the last file's word counts.
fn contacts(files: &[StagedFile]) -> Result<BTreeMap<(String, ContactField), String>> {
    let mut said: BTreeMap<(String, ContactField), String> = BTreeMap::new();
    for staged in files {
        each_contacts(staged.contacts.as_ref(), |piece| {
            for Contact { customer_id, field, value } in piece {
                let key = (customer_id.clone(), *field);
                if !said.get(&key).is_some_and(|known| field.stays(known)) {
                    said.insert(key, value.clone());
                }
            }
            Ok(())
        })?;
    }
    Ok(said)
}

/// Whether customers are cut by rules of one's own.
fn names_rules(request: &Request<'_>) -> bool {
    request.asked.iter().any(|one| one.segmentation.about().name == "rules" && one.by_name)
}

/// Makes a report of a base.
pub fn of_base(base: &Base, request: Request<'_>, watch: &dyn Watch) -> Result<Reported> {
    let (mut facts, _) = base.facts()?;
    let as_of = moment(&facts, request.as_of)?;
    let odd = prepare(base, &mut facts, &request.asked, as_of, request.threads, watch)?;
    let reach = hand_reach(base, &mut facts)?;
    let ledger = base.wait(base.store.imports())?;
    let counts = ledger.iter().filter(|entry| entry.undone_at.is_none()).map(counts_of_entry).collect();
    let settings = &base.settings;
    let (plan, threads) = (request.plan, request.threads);
    let has_populations = !facts.populations.is_empty();
    let today = request.as_of.unwrap_or_else(|| clock::today(&settings.zone));
    let known = |analysis: &Analysis| {
        Ok(Known {
            zone: zone(&settings.zone),
            plan,
            today,
            by_hand: base.tags_by_hand()?,
            remembered: remembered(base, &analysis.asked, analysis.as_of)?,
            written: written_of(base, analysis)?,
            market: market_of(base, has_populations, as_of.0, threads, watch)?,
            competitors: seen(base)?,
            groups: base.wait(base.store.attribute_groups())?.into_iter().collect(),
            originals: originals(base, &analysis.features)?,
        })
    };
    let facts = (&facts, settings.zone.as_str(), settings.currency.as_deref());
    let (data, analysis, notice) = analysed(facts, request, reach, known, counts, watch)?;
    let notices = notice.into_iter().chain(odd).collect();
    Ok(Reported { data, analysis, notices, files: Vec::new(), rejects: Vec::new() })
}

/// What people wrote on cards of the segmentations of an analysis.
fn written_of(base: &Base, analysis: &Analysis) -> Result<BTreeMap<String, Written>> {
    let names = analysis.asked.iter().map(|one| one.segmentation.about().name);
    names.map(|name| Ok((name.to_owned(), written(base, name)?))).collect()
}

/// The base beside its populations.
fn market_of(
    base: &Base,
    has_populations: bool,
    as_of: Day,
    threads: usize,
    watch: &dyn Watch,
) -> Result<Vec<Market>> {
    if !has_populations {
        return Ok(Vec::new());
    }
    let request = market::Request {
        name: None,
        within: None,
        spotting: Spotting::default(),
        settings: &[],
        as_of: Some(as_of),
        threads,
    };
    Ok(market::market(base, request, watch)?.besides.iter().map(market_shown).collect())
}

/// What people typed of competitors.
fn seen(base: &Base) -> Result<Vec<CompetitorSeen>> {
    let notes = competitor::notes(base, None)?.into_iter();
    let seen = notes.map(|note| CompetitorSeen {
        competitor: note.competitor,
        addresses: note.addresses,
        seen_in: note.seen_in,
        seen_on: note.seen_on,
        text: note.text,
    });
    Ok(seen.collect())
}

/// What a page has room for.
fn market_shown(beside: &Beside) -> Market {
    /// Values that are shown of all attributes, and white spots.
    const VALUES_MAX: usize = 24;
    const SPOTS_MAX: usize = 12;
    let part = |(with, known): (u64, u64)| with as f64 / known.max(1) as f64;
    let criteria = beside.apart.criteria.iter().map(|one| MarketCriterion {
        attribute: one.attribute.clone(),
        values: one.values.clone(),
        here: part(one.customers),
        there: part(one.people),
    });
    let names = |who: BTreeSet<&str>| who.into_iter().map(str::to_owned).collect();
    let values = beside.differences.iter().flat_map(|of| {
        let sure = of.values.iter().filter(|value| value.p.is_some_and(|p| p < P_MAX));
        sure.map(|value| MarketValue {
            attribute: of.attribute.clone(),
            value: value.value.clone(),
            here: part((value.customers, of.customers)),
            there: part((value.people, of.people)),
            index: value.index.map(|index| index.value),
            addressed: names(beside.addressed_by(&[(of.aspect, value.group)])),
        })
    });
    let spots = beside.spots.found.iter().take(SPOTS_MAX).map(|spot| WhiteSpot {
        values: spot.values.clone(),
        share: spot.share(),
        customers: spot.customers,
        expected: spot.expected,
        addressed: names(beside.spot_addressed_by(spot)),
    });
    Market {
        population: beside.population.clone(),
        criteria: criteria.collect(),
        values: values.take(VALUES_MAX).collect(),
        spots: spots.collect(),
    }
}

/// A zone that a base was made with is known.
fn zone(name: &str) -> Zone {
    Zone::get(name).unwrap_or_else(|_| Zone::utc())
}

fn analysed(
    (facts, zone, currency): (&FactSet, &str, Option<&str>),
    request: Request<'_>,
    reach: Reach,
    known: impl FnOnce(&Analysis) -> Result<Known>,
    counts: Vec<FileCounts>,
    watch: &dyn Watch,
) -> Result<(ReportData, Analysis, Option<String>)> {
    let as_of = moment(facts, request.as_of)?;
    let mut analysis = analyse(facts, request.asked, reach, as_of, request.threads, watch)?;
    let known = known(&analysis)?;
    look(facts, &mut analysis, known, watch)?;
    let data = report_data(&analysis, request.name, zone, currency, counts);
    Ok((data, analysis, notice(facts, as_of)))
}

/// Writes the page; what stood under the name before stays until it is whole.
pub fn write(path: &Path, html: &str) -> Result<()> {
    let failed = || format!("cannot write `{}`", path.display());
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut file = tempfile::NamedTempFile::new_in(folder).with_context(failed)?;
    std::io::Write::write_all(&mut file, html.as_bytes()).with_context(failed)?;
    // A temporary file is closed to others; a report is to be opened by anyone who may read here.
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        file.as_file().set_permissions(std::fs::Permissions::from_mode(0o644)).with_context(failed)?;
    }
    file.persist(path).with_context(failed)?;
    Ok(())
}

fn counts_of(staged: &StagedFile) -> FileCounts {
    let set_aside = staged.cleaned.counts.set_aside.iter();
    FileCounts {
        name: staged.input.name.clone(),
        kind: staged.kind,
        counts: staged.counts,
        rejected_by: by_frequency(by_code(&staged.cleaned.problems)),
        set_aside_by: by_frequency(set_aside.map(|(&code, &count)| (code.to_owned(), count)).collect()),
    }
}

fn counts_of_entry(entry: &LedgerEntry) -> FileCounts {
    let detected: serde_json::Value = serde_json::from_str(&entry.detected).unwrap_or_default();
    let kept = |what: &str| -> BTreeMap<String, u64> {
        serde_json::from_value(detected[what].clone()).unwrap_or_default()
    };
    FileCounts {
        name: entry.inputs.iter().map(|input| input.name.as_str()).collect::<Vec<_>>().join(", "),
        kind: entry.kind,
        counts: entry.counts,
        rejected_by: by_frequency(kept("rejected")),
        set_aside_by: by_frequency(kept("set_aside")),
    }
}

fn by_frequency(counts: BTreeMap<String, u64>) -> Vec<(String, u64)> {
    let mut counts: Vec<(String, u64)> = counts.into_iter().collect();
    counts.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    counts
}
