//! The container of XLS files, read as far as needed to see that it cannot hurt its reader.

/// Bytes of an entry of the directory.
const ENTRY_BYTES: usize = 128;
/// Shorter streams lie in the small sectors of the root entry's stream.
const SMALL_STREAM_BYTES: usize = 4096;
const SMALL_SECTOR_BYTES: usize = 64;
/// Sector numbers from here on end a chain.
const SECTORS_MAX: u32 = 0xffff_fffa;

/// Why a container is refused.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Nonsense;

/// The workbook stream of a container, checked: no chain runs in a circle, and no stream is longer
/// than the file.
pub(super) fn workbook_stream(file: &[u8]) -> Result<Vec<u8>, Nonsense> {
    let shift = number_16(file, 0x1e).ok_or(Nonsense)?;
    if !matches!(shift, 9 | 12) {
        return Err(Nonsense);
    }
    let container = Container { file, sector_bytes: 1 << shift };
    let sectors = container.allocation()?;
    if (number(file, 0x40).ok_or(Nonsense)? as usize).saturating_mul(container.sector_bytes) > file.len() {
        return Err(Nonsense);
    }
    let directory = container.chain(number(file, 0x30).ok_or(Nonsense)?, &sectors)?;
    let mut entries = Vec::new();
    for entry in directory.chunks_exact(ENTRY_BYTES) {
        let length = number(entry, 120).ok_or(Nonsense)? as usize;
        if length > file.len() {
            return Err(Nonsense);
        }
        entries.push(Entry { name: name(entry), start: number(entry, 116).ok_or(Nonsense)?, length });
    }
    let named = |wished: &str| entries.iter().find(|entry| entry.name.eq_ignore_ascii_case(wished));
    let entry = named("Workbook").or_else(|| named("Book")).ok_or(Nonsense)?;
    let mut stream = if entry.length >= SMALL_STREAM_BYTES {
        container.chain(entry.start, &sectors)?
    } else {
        let root = entries.first().ok_or(Nonsense)?;
        let small =
            Container { file: &container.chain(root.start, &sectors)?, sector_bytes: SMALL_SECTOR_BYTES };
        let table = container.chain(number(file, 0x3c).ok_or(Nonsense)?, &sectors)?;
        small.chain_from(0, entry.start, &numbers(&table))?
    };
    stream.truncate(entry.length);
    Ok(stream)
}

struct Entry {
    name: String,
    start: u32,
    length: usize,
}

struct Container<'a> {
    file: &'a [u8],
    sector_bytes: usize,
}

impl Container<'_> {
    /// Which sector follows each sector.
    fn allocation(&self) -> Result<Vec<u32>, Nonsense> {
        let in_header = numbers(self.file.get(0x4c..512).ok_or(Nonsense)?);
        let mut listed: Vec<u32> = in_header;
        let most = self.file.len() / self.sector_bytes + 1;
        let mut next = number(self.file, 0x44).ok_or(Nonsense)?;
        let mut lists = 0;
        while next < SECTORS_MAX {
            lists += 1;
            if lists > most {
                return Err(Nonsense);
            }
            listed.extend(numbers(self.sector(1, next).ok_or(Nonsense)?));
            next = listed.pop().ok_or(Nonsense)?;
        }
        listed.retain(|sector| *sector < SECTORS_MAX);
        // Each of them describes many sectors: more than these cannot be needed.
        if listed.len() > 2 * (most / (self.sector_bytes / 4) + 1) + 16 {
            return Err(Nonsense);
        }
        let mut follows = Vec::new();
        for sector in listed {
            follows.extend(numbers(self.sector(1, sector).ok_or(Nonsense)?));
        }
        Ok(follows)
    }

    fn chain(&self, start: u32, follows: &[u32]) -> Result<Vec<u8>, Nonsense> {
        self.chain_from(1, start, follows)
    }

    /// All bytes of a chain; `skipped` sectors stand before the first.
    fn chain_from(&self, skipped: usize, start: u32, follows: &[u32]) -> Result<Vec<u8>, Nonsense> {
        let mut bytes = Vec::new();
        let mut sector = start;
        let most = self.file.len() / self.sector_bytes + 1;
        for _ in 0..=most {
            if sector >= SECTORS_MAX {
                return Ok(bytes);
            }
            bytes.extend_from_slice(self.sector(skipped, sector).ok_or(Nonsense)?);
            sector = follows.get(sector as usize).copied().ok_or(Nonsense)?;
        }
        Err(Nonsense)
    }

    /// A sector; the last of a file may be cut short.
    fn sector(&self, skipped: usize, sector: u32) -> Option<&[u8]> {
        let start = (sector as usize).checked_add(skipped)?.checked_mul(self.sector_bytes)?;
        self.file.get(start..(start + self.sector_bytes).min(self.file.len()))
    }
}

fn name(entry: &[u8]) -> String {
    let units = entry[..64].chunks_exact(2).map(|unit| u16::from_le_bytes([unit[0], unit[1]]));
    let units: Vec<u16> = units.take_while(|unit| *unit != 0).collect();
    String::from_utf16_lossy(&units)
}

fn numbers(bytes: &[u8]) -> Vec<u32> {
    bytes.chunks_exact(4).map(|four| u32::from_le_bytes([four[0], four[1], four[2], four[3]])).collect()
}

/// The number at a place of a record or header.
pub(super) fn number(bytes: &[u8], at: usize) -> Option<u32> {
    let four = bytes.get(at..at + 4)?;
    Some(u32::from_le_bytes([four[0], four[1], four[2], four[3]]))
}

/// The short number at a place of a record or header.
pub(super) fn number_16(bytes: &[u8], at: usize) -> Option<u16> {
    let two = bytes.get(at..at + 2)?;
    Some(u16::from_le_bytes([two[0], two[1]]))
}
