//! The customers with a tag, held closely: a large base has millions of them.

use super::Tag;

/// Customers with their tags, in order of id.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TaggedCustomers {
    buckets: Vec<Bucket>,
    /// Bucket and row of each customer.
    order: Vec<(u32, u32)>,
}

/// The customers of one bucket, in the order in which they came.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Bucket {
    /// The ids, one behind the other.
    ids: String,
    tags: Vec<Tag>,
    /// Where the id and the tags of each customer end.
    ends: Vec<(u32, u32)>,
}

impl Bucket {
    /// Adds a customer.
    pub(super) fn push(&mut self, id: &str, tags: &[Tag]) {
        self.ids.push_str(id);
        self.tags.extend_from_slice(tags);
        self.ends.push((self.ids.len() as u32, self.tags.len() as u32));
    }

    fn get(&self, row: usize) -> (&str, &[Tag]) {
        let (id, tags) = row.checked_sub(1).map_or((0, 0), |before| self.ends[before]);
        let (id_end, tags_end) = self.ends[row];
        (&self.ids[id as usize..id_end as usize], &self.tags[tags as usize..tags_end as usize])
    }

    fn shrunk(mut self) -> Bucket {
        self.ids.shrink_to_fit();
        self.tags.shrink_to_fit();
        self.ends.shrink_to_fit();
        self
    }
}

impl TaggedCustomers {
    /// Puts buckets together.
    pub(super) fn of(buckets: Vec<Bucket>) -> TaggedCustomers {
        let buckets: Vec<Bucket> = buckets.into_iter().map(Bucket::shrunk).collect();
        let rows =
            |(number, bucket): (u32, &Bucket)| (0..bucket.ends.len() as u32).map(move |row| (number, row));
        let mut order: Vec<(u32, u32)> = (0..).zip(&buckets).flat_map(rows).collect();
        let id = |&(bucket, row): &(u32, u32)| buckets[bucket as usize].get(row as usize).0;
        // Within a bucket they came in order of id, which this way of sorting makes use of.
        order.sort_by(|a, b| id(a).cmp(id(b)));
        TaggedCustomers { buckets, order }
    }

    /// The id of every customer with its tags, by category.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = (&str, &[Tag])> {
        self.order.iter().map(|&(bucket, row)| self.buckets[bucket as usize].get(row as usize))
    }

    /// How many customers have a tag.
    pub fn len(&self) -> usize {
        self.order.len()
    }

    pub fn is_empty(&self) -> bool {
        self.order.is_empty()
    }
}
