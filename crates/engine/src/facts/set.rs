//! The fact files of a base, opened for reading.

use super::attributes::{Attributes, Part};
use super::bucket::{ANONYMOUS, BUCKETS, bucket_of};
use super::columns::AttributeRow;
use super::events::{self, Events, TopicsByHand};
use super::handed::{in_order, of_persons, put_handed};
use super::linked::Linked;
use super::populations::Populations;
use super::products::Products;
use super::reader::{FactFileReader, read_whole};
use super::regions::{PREFIX, Regions, Whereabouts};
use super::schema;
use super::straight::Room;
use super::visits::Visits;
use arrow_array::RecordBatch;
use arrow_schema::{ArrowError, DataType, SchemaRef};
use model::base::{FactKind, ListedFile};
use model::calendar::Day;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::path::Path;
use std::sync::OnceLock;

pub use super::handed::Handed;
pub use super::reader::{FactError, OpenGroup};

/// The facts of a base at one version of its manifest.
pub struct FactSet {
    orders: Vec<FactFileReader>,
    customers: Vec<FactFileReader>,
    /// In the order of [`FactKind::EVENTS`].
    events: [Vec<FactFileReader>; 4],
    pub products: Products,
    pub regions: Regions,
    pub populations: Populations,
    /// Postal codes of customers, which the state knows, by bucket: customer and code.
    zips: Vec<BTreeMap<String, String>>,
    /// What the state says of customers, by bucket: it stands above what files say.
    handed: Vec<Vec<AttributeRow>>,
    /// Ids that are another's, and what is theirs.
    linked: Option<Linked>,
    /// By bucket, whether a file of customers names any, where somebody has looked.
    names: Vec<OnceLock<bool>>,
    visits: Visits,
    topics: TopicsByHand,
    newest_day: Option<Day>,
    first_day: Option<Day>,
    /// What passes over the lines leave behind for one another.
    room: Room,
}

/// A row group of a bucket: one sorted run of whole customers.
pub struct Run {
    /// Number of the import that brought it; of two versions of an order the higher one counts.
    pub import: i64,
    /// Whether it may hold newer versions of orders that other runs hold.
    pub replaces: bool,
    /// Of its orders there are no other versions: whatever other runs hold, they count.
    pub settled: bool,
    pub batch: RecordBatch,
}

impl FactSet {
    /// Opens the listed files of a base's folder. `currency` is the base's own.
    ///
    /// # Errors
    /// A file cannot be read, or money is in several currencies.
    pub fn open(base: &Path, files: &[ListedFile], currency: Option<&str>) -> Result<FactSet, FactError> {
        one_currency(files, currency)?;
        let of_kind = |kind: FactKind| files.iter().filter(move |listed| listed.file.kind == kind);
        let repeated = schema::repeated_text();
        let open = |kind: FactKind, schema: &SchemaRef| -> Result<Vec<FactFileReader>, FactError> {
            of_kind(kind).map(|listed| FactFileReader::open(base, listed, schema)).collect()
        };
        let (mut known, mut regions) = (Products::default(), Regions::default());
        let mut populations = Populations::default();
        let whole = |kind: FactKind, schema: SchemaRef, add: &mut dyn FnMut(&RecordBatch)| {
            open(kind, &schema).and_then(|files| read_whole(files, &schema, add))
        };
        whole(FactKind::Products, schema::products(), &mut |batch| known.add(batch))?;
        whole(FactKind::Regions, schema::regions(), &mut |batch| regions.add(batch))?;
        whole(FactKind::Population, schema::population(), &mut |batch| populations.add(batch))?;
        regions.ready();
        let days_of = |kind: FactKind| of_kind(kind).filter_map(|listed| listed.file.days);
        let orders_days = || days_of(FactKind::Orders);
        // A person who became known is nothing that happened to a customer: no question is of that day.
        let happened = |kind: &FactKind| *kind != FactKind::Contacts;
        let event_days = || FactKind::EVENTS.into_iter().filter(happened).flat_map(days_of);
        let [deals, leads, touches, contacts] =
            FactKind::EVENTS.map(|kind| open(kind, &events::schema(kind)));
        Ok(FactSet {
            orders: open(FactKind::Orders, &schema::orders(&repeated))?,
            customers: open(FactKind::Customers, &schema::customers(&repeated))?,
            events: [deals?, leads?, touches?, contacts?],
            products: known,
            regions,
            populations,
            zips: Vec::new(),
            handed: Vec::new(),
            linked: None,
            names: unlooked(),
            visits: Visits::default(),
            topics: TopicsByHand::default(),
            newest_day: orders_days()
                .map(|(_, last)| last)
                .max()
                .or(event_days().map(|(_, last)| last).max()),
            first_day: orders_days()
                .map(|(first, _)| first)
                .min()
                .or(event_days().map(|(first, _)| first).min()),
            room: Room::default(),
        })
    }

    /// Hands on what the state knows of customers and files do not hold, such as consents and days of
    /// birth, beside what was handed on before: customer, attribute, value. It can be asked for like any
    /// attribute, and stands above what files say under the same name.
    pub fn hand(&mut self, values: impl IntoIterator<Item = Handed>) {
        match &self.linked {
            None => values.into_iter().for_each(|value| put_handed(value, &mut self.handed)),
            Some(linked) => {
                let persons = of_persons(linked, values);
                persons.into_iter().for_each(|value| put_handed(value, &mut self.handed));
            }
        }
    }

    /// Hands on the topics that people have set: whoever asks for the touches of a moment sees them in
    /// place of those that files and words say.
    pub fn hand_topics(&mut self, topics: TopicsByHand) {
        self.topics = topics;
    }

    pub(super) fn topics(&self) -> &TopicsByHand {
        &self.topics
    }

    /// Forgets what was handed, so that what was known by another moment can be handed instead.
    pub fn hand_nothing(&mut self) {
        self.handed.clear();
    }

    /// Answers from now on as if some ids were others. Nothing may have been handed before.
    pub(crate) fn set_linked(&mut self, linked: Linked) {
        debug_assert!(self.handed.is_empty());
        self.linked = Some(linked);
        self.names = unlooked();
        self.visits = Visits::default();
    }

    /// Hands on the postal codes of customers, which only the state knows: they tell places.
    pub fn hand_zips(&mut self, zips: impl IntoIterator<Item = (String, String)>) {
        self.zips = vec![BTreeMap::new(); BUCKETS];
        let mut of_aliases = Vec::new();
        for (customer_id, zip) in zips {
            match self.linked.as_ref().and_then(|linked| linked.main_of(&customer_id)) {
                Some(main) => of_aliases.push((main.to_owned(), zip)),
                None => _ = self.zips[bucket_of(&customer_id)].insert(customer_id, zip),
            }
        }
        // The main id's own word goes before.
        for (main, zip) in of_aliases {
            self.zips[bucket_of(&main)].entry(main).or_insert(zip);
        }
    }

    /// The names of all attributes of customers, sorted.
    ///
    /// # Errors
    /// A file cannot be read.
    pub fn attribute_names(&self) -> Result<Vec<String>, FactError> {
        let mut names = BTreeSet::new();
        for bucket in 0..BUCKETS {
            names.extend(self.attributes(bucket)?.iter().map(|row| row.attribute.to_owned()));
        }
        names.remove("");
        Ok(names.into_iter().collect())
    }

    /// Day of the newest order line; of the newest event where there are no orders.
    pub fn newest_day(&self) -> Option<Day> {
        self.newest_day
    }

    /// Day of the oldest order line; of the oldest event where there are no orders.
    pub fn first_day(&self) -> Option<Day> {
        self.first_day
    }

    /// Whether any order line is kept.
    pub fn has_orders(&self) -> bool {
        !self.orders.is_empty()
    }

    /// Whether a bucket has lines that newer versions may replace.
    pub fn has_replacements(&self, bucket: usize) -> bool {
        self.orders.iter().any(|file| file.replaces && file.buckets.contains(&bucket))
    }

    /// Whether goods in a bucket came back for nothing, so that only the quantity tells a return.
    pub fn has_free_returns(&self, bucket: usize) -> bool {
        self.orders.iter().any(|file| file.free_returns && file.buckets.contains(&bucket))
            || self.linked.as_ref().is_some_and(|linked| linked.has_free_returns(bucket))
    }

    /// How many runs of order lines a bucket has.
    pub fn run_count(&self, bucket: usize) -> usize {
        self.own_runs(bucket) + usize::from(self.linked_orders(bucket).is_some())
    }

    fn own_runs(&self, bucket: usize) -> usize {
        self.orders.iter().map(|file| file.groups_of(bucket).count()).sum()
    }

    /// Lines of aliases of customers of a bucket.
    fn linked_orders(&self, bucket: usize) -> Option<&RecordBatch> {
        self.linked.as_ref()?.orders(bucket)
    }

    /// How many imports wrote to a bucket's lines; what links bring counts as one more.
    pub fn imports_of(&self, bucket: usize) -> usize {
        let mut imports: Vec<i64> = self
            .orders
            .iter()
            .filter(|file| file.buckets.contains(&bucket))
            .map(|file| file.import)
            .collect();
        imports.sort_unstable();
        imports.dedup();
        imports.len() + usize::from(self.linked_orders(bucket).is_some())
    }

    /// Reads some columns of one run (from 0, below [`FactSet::run_count`]) of a bucket's lines, the
    /// customer's id among them.
    ///
    /// # Errors
    /// The file cannot be read.
    pub fn orders_run(&self, bucket: usize, run: usize, columns: &[&str]) -> Result<Option<Run>, FactError> {
        let mut places =
            self.orders.iter().flat_map(|file| file.groups_of(bucket).map(move |group| (file, group)));
        let unfit = |error: ArrowError| unfit("orders", bucket, &error);
        let Some((file, group)) = places.nth(run) else {
            let Some(lines) = self.linked_orders(bucket).filter(|_| run == self.own_runs(bucket)) else {
                return Ok(None);
            };
            let batch = some_columns(lines, columns).map_err(unfit)?;
            return Ok(Some(Run { import: 0, replaces: false, settled: true, batch }));
        };
        let mut batch = file.read(group, columns)?;
        if let Some(linked) = &self.linked {
            batch = linked.without_aliases(bucket, batch).map_err(unfit)?;
        }
        Ok(Some(Run { import: file.import, replaces: file.replaces, settled: false, batch }))
    }

    /// Opens one run of a bucket's lines to be read column by column; `None` where links may have moved
    /// lines to other ids.
    ///
    /// # Errors
    /// The file cannot be opened.
    pub fn open_run(&self, bucket: usize, run: usize) -> Result<Option<OpenGroup<'_>>, FactError> {
        if self.linked.is_some() {
            return Ok(None);
        }
        let mut places =
            self.orders.iter().flat_map(|file| file.groups_of(bucket).map(move |group| (file, group)));
        places.nth(run).map(|(file, group)| OpenGroup::new(file, group, &self.room)).transpose()
    }

    /// Where columns of lines that nobody looks at any more are left.
    pub fn room(&self) -> &Room {
        &self.room
    }

    /// The attributes of a bucket's customers, the newest word on each, sorted by customer and
    /// attribute; the row with an empty attribute says since when a customer is known. What is known of
    /// their places stands among them, under [`PREFIX`].
    ///
    /// # Errors
    /// A file cannot be read.
    pub fn attributes(&self, bucket: usize) -> Result<Attributes, FactError> {
        let own = self.own_attributes(bucket)?;
        if self.regions.is_empty() {
            return Ok(own);
        }
        let mut of_places = Vec::new();
        for (customer_id, at, rows) in self.places(bucket, &own) {
            for (name, value) in self.regions.of(&at) {
                let attribute = format!("{PREFIX}{name}");
                // What a file of customers says itself stands above.
                if rows.clone().all(|row| own.row(row).attribute != attribute) {
                    let (customer_id, value) = (customer_id.to_owned(), Some(value.to_owned()));
                    of_places.push(AttributeRow { customer_id, attribute, value, created: None });
                }
            }
        }
        of_places.sort();
        own.with(&of_places).map_err(|error| unfit("customers", bucket, &error))
    }

    /// Where the customers of a bucket are who say so, with the places of all that they say among their
    /// [`FactSet::own_attributes`].
    pub fn places<'a>(
        &'a self,
        bucket: usize,
        own: &'a Attributes,
    ) -> Vec<(&'a str, Whereabouts<'a>, Range<usize>)> {
        let zips = self.zips.get(bucket);
        let mut found = Vec::new();
        let mut named = BTreeSet::new();
        for (customer_id, rows) in own.customers() {
            let said =
                |name: &str| rows.clone().map(|row| own.row(row)).find(|row| row.attribute == name)?.value;
            let zip = zips.and_then(|zips| zips.get(customer_id)).map(String::as_str);
            let at =
                Whereabouts { zip, city: said("city"), region: said("region"), country: said("country") };
            named.insert(customer_id);
            found.push((customer_id, at, rows));
        }
        // Of some customers nothing but the code is known.
        let others = zips.into_iter().flatten().filter(|(id, _)| !named.contains(id.as_str()));
        found.extend(
            others.map(|(id, zip)| {
                (id.as_str(), Whereabouts { zip: Some(zip), ..Whereabouts::default() }, 0..0)
            }),
        );
        found.retain(|(_, at, _)| !at.is_empty());
        found
    }

    /// The attributes of a bucket's customers as files and the state have them, without what is known
    /// of their places.
    ///
    /// # Errors
    /// A file cannot be read.
    pub fn own_attributes(&self, bucket: usize) -> Result<Attributes, FactError> {
        self.attributes_with(bucket, &["customer_id", "attribute", "value", "created"])
    }

    fn attributes_with(&self, bucket: usize, columns: &[&str]) -> Result<Attributes, FactError> {
        debug_assert!(bucket < ANONYMOUS);
        let wrong = |error: ArrowError| unfit("customers", bucket, &error);
        let mut parts = Vec::new();
        if let Some(handed) = self.handed.get(bucket).filter(|rows| !rows.is_empty()) {
            parts.push(Part::of(i64::MAX, &in_order(handed)).map_err(wrong)?);
        }
        for file in &self.customers {
            for group in file.groups_of(bucket) {
                parts.push(Part::new(file.import, &file.read(group, columns)?).map_err(wrong)?);
            }
        }
        let own = Attributes::newest(parts);
        let Some(linked) = self.linked.as_ref().filter(|linked| linked.changes_attributes(bucket)) else {
            return Ok(own);
        };
        let mut rows: Vec<AttributeRow> = own.iter().map(AttributeRow::from).collect();
        linked.add_attributes(bucket, &mut rows);
        Ok(Attributes::newest(vec![Part::of(0, &rows).map_err(wrong)?]))
    }

    /// What tells which customers of a bucket files of customers name, and since when they are known, see
    /// [`Attributes::named`]. Attributes alone come from orders, which speak for themselves: that a bucket
    /// has no more than those is remembered.
    ///
    /// # Errors
    /// A file cannot be read.
    pub fn named_customers(&self, bucket: usize) -> Result<Attributes, FactError> {
        let names = &self.names[bucket];
        if !self.has_attributes() || names.get() == Some(&false) {
            return Ok(Attributes::default());
        }
        let read = self.attributes_with(bucket, &["customer_id", "attribute", "created"])?;
        // Whoever was first has found the same.
        names.get_or_init(|| read.named().next().is_some());
        Ok(read)
    }

    /// Whether there are events of a kind.
    pub fn has_events(&self, kind: FactKind) -> bool {
        !self.events_of(kind).is_empty()
    }

    /// The events of a bucket, or with [`ANONYMOUS`] those of nobody. A bucket's are held whole.
    ///
    /// # Errors
    /// A file cannot be read.
    pub fn events(&self, kind: FactKind, bucket: usize) -> Result<Events, FactError> {
        let schema = events::schema(kind);
        let names: Vec<&str> = schema.fields().iter().map(|field| field.name().as_str()).collect();
        self.events_with(kind, bucket, &names)
    }

    /// The same as far as whose they are and when they happened; `merged`: others are to be put
    /// between them.
    pub(super) fn event_days(
        &self,
        kind: FactKind,
        bucket: usize,
        merged: bool,
    ) -> Result<Events, FactError> {
        let with_groups = self.events_of(kind).iter().filter(|file| file.groups_of(bucket).next().is_some());
        let imports: BTreeSet<i64> = with_groups.map(|file| file.import).collect();
        // Versions are told apart, and several lists put in order, by what a sorted one needs not.
        let ordered = merged || imports.len() > 1 || self.linked.is_some();
        self.events_with(kind, bucket, &events::day_columns(kind, ordered))
    }

    fn events_with(&self, kind: FactKind, bucket: usize, columns: &[&str]) -> Result<Events, FactError> {
        let mut batches = Vec::new();
        for file in self.events_of(kind) {
            for group in file.groups_of(bucket) {
                batches.push((file.import, file.read(group, columns)?));
            }
        }
        let read = Events::newest(kind, &batches);
        let read = read.and_then(|own| match &self.linked {
            Some(linked) => linked.with_events(bucket, own),
            None => Ok(own),
        });
        read.map_err(|error| FactError::File {
            path: format!("facts/{}, bucket {bucket}", kind.name()),
            reason: error.to_string(),
        })
    }

    pub(super) fn visits(&self) -> &Visits {
        &self.visits
    }

    pub(super) fn events_of(&self, kind: FactKind) -> &[FactFileReader] {
        let place = FactKind::EVENTS.into_iter().position(|event| event == kind);
        place.map_or(&[], |place| &self.events[place][..])
    }

    /// Whether customers are known from files of their own, or the state says something of them.
    pub fn has_attributes(&self) -> bool {
        !self.customers.is_empty() || !self.handed.is_empty() || !self.zips.is_empty()
    }
}

/// Some columns of a batch, in its order.
fn some_columns(batch: &RecordBatch, columns: &[&str]) -> Result<RecordBatch, ArrowError> {
    let schema = batch.schema();
    let wanted = |name: &String| columns.contains(&name.as_str());
    let places: Vec<usize> =
        (0..schema.fields().len()).filter(|&place| wanted(schema.field(place).name())).collect();
    batch.project(&places)
}

fn unfit(kind: &str, bucket: usize, error: &ArrowError) -> FactError {
    FactError::File { path: format!("facts/{kind}, bucket {bucket}"), reason: error.to_string() }
}

fn unlooked() -> Vec<OnceLock<bool>> {
    vec![OnceLock::new(); BUCKETS]
}

/// Money is added up only in one currency.
fn one_currency(files: &[ListedFile], currency: Option<&str>) -> Result<(), FactError> {
    let mut currencies: Vec<&str> = files
        .iter()
        .flat_map(|listed| listed.file.currencies.iter().map(String::as_str))
        .chain(currency)
        .collect();
    currencies.sort_unstable();
    currencies.dedup();
    if currencies.len() > 1 { Err(FactError::Currencies(currencies.join(", "))) } else { Ok(()) }
}

/// Types that fact columns are read as, for those who build batches by hand.
pub fn read_schema() -> SchemaRef {
    let text: DataType = schema::repeated_text();
    schema::orders(&text)
}
