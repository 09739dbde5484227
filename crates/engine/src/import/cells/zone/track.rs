//! The offsets of a zone between 1970 and 2100, found without searching.

use super::SECOND_MICROS;
use jiff::Timestamp;
use jiff::tz::TimeZone;

/// The table answers from 1970-01-01 to 2100-01-01, microseconds UTC or local.
const FIRST: i64 = 0;
const LAST: i64 = 4_102_444_800 * SECOND_MICROS;

/// Local times run ahead of or behind UTC, so transitions are gathered this far beyond the ends.
const MARGIN_SECONDS: i64 = 3 * 86_400;

/// Width of a slot of the index, as a power of two of microseconds: 51 days. Zones change their
/// offset a few times a year, so a slot holds a change or two.
const SLOT_BITS: u32 = 42;

/// Stretches of time with one offset each, by UTC and by the clocks on the wall.
#[derive(Debug)]
pub(super) struct Segments {
    /// Offset of each segment, microseconds east of UTC.
    offsets: Box<[i64]>,
    utc: Track,
    local: Track,
}

impl Segments {
    pub(super) fn of(zone: &TimeZone) -> Segments {
        let offset_micros = |seconds: i32| i64::from(seconds) * SECOND_MICROS;
        let from = Timestamp::constant(FIRST / SECOND_MICROS - MARGIN_SECONDS, 0);
        let until = Timestamp::constant(LAST / SECOND_MICROS + MARGIN_SECONDS, 0);
        let mut offsets = vec![offset_micros(zone.to_offset(from).seconds())];
        let mut starts = vec![i64::MIN];
        for change in zone.following(from).take_while(|change| change.timestamp() < until) {
            let offset = offset_micros(change.offset().seconds());
            if offsets.last() != Some(&offset) {
                offsets.push(offset);
                starts.push(change.timestamp().as_microsecond());
            }
        }
        // By the wall, a segment begins when its clocks have shown what the ones before it would
        // have shown too: hours that come twice belong to the earlier segment, skipped hours to
        // it as well.
        let walls = starts.iter().zip(&offsets).enumerate().map(|(at, (&start, &offset))| {
            if at == 0 { i64::MIN } else { start + offset.max(offsets[at - 1]) }
        });
        let local = Track::new(walls.collect());
        Segments { utc: Track::new(starts.into()), local, offsets: offsets.into() }
    }

    /// Offset at an instant, microseconds; `None` outside the table.
    pub(super) fn offset_at(&self, micros: i64) -> Option<i64> {
        self.utc.segment(micros).map(|segment| self.offsets[segment])
    }

    /// The instant of a local time and whether clocks skipped it; `None` outside the table.
    pub(super) fn instant_of(&self, local: i64) -> Option<(i64, bool)> {
        let segment = self.local.segment(local)?;
        let at = local - self.offsets[segment];
        let skipped = self.utc.starts.get(segment + 1).is_some_and(|&next| at >= next);
        Some((at, skipped))
    }
}

/// Starts of segments with an index of equal slots over them.
#[derive(Debug)]
struct Track {
    /// Ascending; the first is the beginning of time.
    starts: Box<[i64]>,
    /// The segment that each slot begins in.
    slots: Box<[u16]>,
}

impl Track {
    fn new(starts: Box<[i64]>) -> Track {
        let mut segment = 0;
        let slots = (0..=(LAST - FIRST) >> SLOT_BITS)
            .map(|slot| {
                let from = FIRST + (slot << SLOT_BITS);
                while starts.get(segment + 1).is_some_and(|&start| start <= from) {
                    segment += 1;
                }
                u16::try_from(segment).unwrap_or(u16::MAX)
            })
            .collect();
        Track { starts, slots }
    }

    fn segment(&self, at: i64) -> Option<usize> {
        if !(FIRST..LAST).contains(&at) {
            return None;
        }
        let mut segment = usize::from(self.slots[((at - FIRST) >> SLOT_BITS) as usize]);
        while self.starts.get(segment + 1).is_some_and(|&start| start <= at) {
            segment += 1;
        }
        Some(segment)
    }
}
