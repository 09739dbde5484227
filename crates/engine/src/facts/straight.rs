//! Column chunks straight to vectors, for passes over all lines.
//!
//! What is written here is read here without Arrow's readers between: a page of keys becomes values in
//! one loop, into room that the row group before has left behind. A chunk of any other form (several
//! kinds of pages, other encodings) is left to Arrow's reader, which knows them all.

use super::unpack::{Run, each_run};
use arrow_array::{Array, StringArray};
use arrow_buffer::{BooleanBufferBuilder, Buffer, NullBuffer, OffsetBuffer, ScalarBuffer};
use bytes::Bytes;
use parquet::basic::{Encoding, Type};
use parquet::column::page::{Page, PageReader};
use parquet::errors::{ParquetError, Result};
use parquet::file::metadata::ColumnChunkMetaData;
use parquet::file::reader::{ChunkReader, Length};
use parquet::file::serialized_reader::SerializedPageReader;
use std::fs::File;
use std::io::{Cursor, Read, Seek, SeekFrom};
use std::sync::{Arc, Mutex, PoisonError};

/// Vectors of each kind that are kept for the row groups to come.
const KEPT_MAX: usize = 32;

/// Texts of a column have room for one in so many more.
const SPARE: usize = 4;

/// Room that columns have left behind. Fresh memory costs more than filling it.
#[derive(Default)]
pub struct Room {
    longs: Mutex<Vec<Vec<i64>>>,
    wholes: Mutex<Vec<Vec<i32>>>,
    /// Of chunks as they lie in files.
    bytes: Mutex<Vec<Vec<u8>>>,
}

impl Room {
    /// Room for values of so many rows.
    pub fn take<T: Stored>(&self, rows: usize) -> Vec<T> {
        kept(T::kept(self), rows)
    }

    /// Takes the room of values back, unless somebody still looks at them.
    pub fn give<T: Stored>(&self, values: ScalarBuffer<T>) {
        let Ok(values) = values.into_inner().into_vec::<T>() else { return };
        keep(T::kept(self), values);
    }

    /// The same of the bytes of a chunk; a part of them stands for all.
    fn give_bytes(&self, part: Bytes) {
        if part.is_unique() {
            keep(&self.bytes, Vec::from(part));
        }
    }
}

/// Room for so many values.
fn kept<T>(room: &Mutex<Vec<Vec<T>>>, count: usize) -> Vec<T> {
    let mut values = room.lock().unwrap_or_else(PoisonError::into_inner).pop().unwrap_or_default();
    values.clear();
    values.reserve(count);
    values
}

fn keep<T>(room: &Mutex<Vec<Vec<T>>>, values: Vec<T>) {
    let mut kept = room.lock().unwrap_or_else(PoisonError::into_inner);
    if kept.len() < KEPT_MAX {
        kept.push(values);
    }
}

/// A kind of number that columns are made of.
pub trait Stored: arrow_buffer::ArrowNativeType {
    const PHYSICAL: Type;
    fn kept(room: &Room) -> &Mutex<Vec<Vec<Self>>>;
    /// From as many bytes as it has.
    fn from_bytes(bytes: &[u8]) -> Self;
}

impl Stored for i64 {
    const PHYSICAL: Type = Type::INT64;

    fn kept(room: &Room) -> &Mutex<Vec<Vec<i64>>> {
        &room.longs
    }

    fn from_bytes(bytes: &[u8]) -> i64 {
        bytes.first_chunk().map_or(0, |bytes| i64::from_le_bytes(*bytes))
    }
}

impl Stored for i32 {
    const PHYSICAL: Type = Type::INT32;

    fn kept(room: &Room) -> &Mutex<Vec<Vec<i32>>> {
        &room.wholes
    }

    fn from_bytes(bytes: &[u8]) -> i32 {
        bytes.first_chunk().map_or(0, |bytes| i32::from_le_bytes(*bytes))
    }
}

/// Values of a chunk, one a row; those of rows without a value mean nothing.
pub struct Values<T: Stored> {
    pub values: ScalarBuffer<T>,
    pub nulls: Option<NullBuffer>,
}

/// Where a chunk lies: its file, what the footer says of it, and its rows.
#[derive(Clone, Copy)]
pub struct Chunk<'a> {
    pub file: &'a File,
    pub about: &'a ColumnChunkMetaData,
    pub rows: usize,
    pub room: &'a Room,
}

impl Chunk<'_> {
    /// The numbers of a chunk; `None` for one of another form.
    ///
    /// # Errors
    /// The file cannot be read.
    pub fn numbers<T: Stored>(self) -> Result<Option<Values<T>>> {
        if self.about.column_type() != T::PHYSICAL {
            return Ok(None);
        }
        let mut table = Table { values: Vec::new(), known: 0 };
        let mut filled = Filled::new(self);
        let (mut pages, bytes) = self.pages()?;
        while let Some(page) = pages.get_next_page()? {
            let done = match page {
                Page::DictionaryPage {
                    buf, encoding: Encoding::PLAIN | Encoding::PLAIN_DICTIONARY, ..
                } => {
                    table = Table::read(&buf, self.room);
                    Some(())
                }
                Page::DataPage { buf, num_values, encoding, .. } => {
                    filled.page(&buf, num_values as usize, encoding, table.known, table.look_up())
                }
                _ => None,
            };
            if done.is_none() {
                return Ok(None);
            }
        }
        self.room.give(ScalarBuffer::from(table.values));
        drop(pages);
        self.room.give_bytes(bytes);
        Ok(filled.end())
    }

    /// The keys of a chunk of texts, and the texts they stand for, each once; `None` for a chunk of
    /// another form.
    ///
    /// # Errors
    /// The file cannot be read.
    pub fn texts(self) -> Result<Option<(Values<i32>, StringArray)>> {
        if self.about.column_type() != Type::BYTE_ARRAY {
            return Ok(None);
        }
        let mut texts = StringArray::new_null(0);
        let mut filled = Filled::new(self);
        let (mut pages, bytes) = self.pages()?;
        while let Some(page) = pages.get_next_page()? {
            let done = match page {
                Page::DictionaryPage {
                    buf,
                    num_values,
                    encoding: Encoding::PLAIN | Encoding::PLAIN_DICTIONARY,
                    ..
                } => plain_texts(&buf, num_values as usize).map(|read| texts = read),
                // Texts themselves, where there were too many for a dictionary.
                Page::DataPage { encoding: Encoding::PLAIN, .. } => None,
                Page::DataPage { buf, num_values, encoding, .. } => {
                    filled.page(&buf, num_values as usize, encoding, texts.len(), |key| key as i32)
                }
                _ => None,
            };
            if done.is_none() {
                return Ok(None);
            }
        }
        drop(pages);
        self.room.give_bytes(bytes);
        Ok(filled.end().map(|keys| (keys, texts)))
    }

    /// The pages of the chunk, read in one piece, and a part of that piece, which holds its room.
    fn pages(self) -> Result<(SerializedPageReader<Piece>, Bytes)> {
        let (start, length) = self.about.byte_range();
        let mut file = self.file;
        file.seek(SeekFrom::Start(start))?;
        let mut bytes = kept(&self.room.bytes, length as usize);
        file.take(length).read_to_end(&mut bytes)?;
        if bytes.len() as u64 != length {
            return Err(ParquetError::EOF("the file ends within a column".to_owned()));
        }
        let bytes = Bytes::from(bytes);
        // What is moved to the front when the room is taken back is only the part.
        let part = bytes.slice(..bytes.len().min(1));
        let pages = SerializedPageReader::new(Arc::new(Piece { start, bytes }), self.about, self.rows, None)?;
        Ok((pages, part))
    }
}

/// The values that the keys of a chunk stand for.
struct Table<T> {
    /// As many as a power of two, the last ones made up: a key cut to its bits is within.
    values: Vec<T>,
    known: usize,
}

impl<T: Stored> Table<T> {
    fn read(bytes: &[u8], room: &Room) -> Table<T> {
        let known = bytes.len() / size_of::<T>();
        let mut values = room.take(known.next_power_of_two());
        values.extend(bytes.chunks_exact(size_of::<T>()).map(T::from_bytes));
        values.resize(known.next_power_of_two(), T::default());
        Table { values, known }
    }

    /// The value of a key below `known`. There is no branch in it, so keys are looked up side by side.
    fn look_up(&self) -> impl Fn(u32) -> T {
        let values = &self.values[..];
        move |key| if values.is_empty() { T::default() } else { values[key as usize & (values.len() - 1)] }
    }
}

/// Values as they are gathered page by page.
struct Filled<T: Stored> {
    values: Vec<T>,
    rows: usize,
    nullable: bool,
    /// Which rows have a value, once one has none.
    valid: Option<BooleanBufferBuilder>,
}

impl<T: Stored> Filled<T> {
    fn new(chunk: Chunk<'_>) -> Filled<T> {
        let nullable = chunk.about.column_descr().max_def_level() > 0;
        Filled { values: chunk.room.take(chunk.rows), rows: chunk.rows, nullable, valid: None }
    }

    /// Adds a page of values, or of keys below `keys` with the value of each; `None` if it is of
    /// another form.
    fn page(
        &mut self,
        bytes: &[u8],
        rows: usize,
        encoding: Encoding,
        keys: usize,
        value: impl Fn(u32) -> T,
    ) -> Option<()> {
        let start = self.values.len();
        if rows > self.rows - start {
            return None;
        }
        let (known, bytes) = if self.nullable { self.levels(bytes, rows)? } else { (rows, bytes) };
        match encoding {
            Encoding::PLAIN => {
                let bytes = bytes.get(..known * size_of::<T>())?;
                self.values.extend(bytes.chunks_exact(size_of::<T>()).map(T::from_bytes));
            }
            Encoding::RLE_DICTIONARY | Encoding::PLAIN_DICTIONARY => {
                let (&width, bytes) = bytes.split_first().unwrap_or((&0, &[]));
                self.looked_up(bytes, (width, known), keys, value)?;
            }
            _ => return None,
        }
        if known < rows {
            self.spread(start, rows);
        }
        Some(())
    }

    /// Adds the values of so many keys of so many bits.
    fn looked_up(
        &mut self,
        bytes: &[u8],
        (width, count): (u8, usize),
        keys: usize,
        value: impl Fn(u32) -> T,
    ) -> Option<()> {
        let (mut all_known, values) = (true, &mut self.values);
        if count == 0 {
            return Some(());
        }
        let last = u32::try_from(keys).ok()?.checked_sub(1)?;
        each_run(bytes, width, count, |run| match run {
            Run::Same(key, times) if key <= last => {
                values.extend(std::iter::repeat_n(value(key), times));
            }
            // Whether one is beyond the last is found many keys at a time, by the sign of differences.
            Run::Keys(some)
                if some.iter().fold(0, |signs, &key| signs | last.wrapping_sub(key)) >> 31 == 0 =>
            {
                values.extend(some.iter().map(|&key| value(key)));
            }
            Run::Same(..) | Run::Keys(_) => all_known = false,
        })?;
        all_known.then_some(())
    }

    /// Reads which rows of a page have a value: how many, and the bytes that follow.
    fn levels<'a>(&mut self, bytes: &'a [u8], rows: usize) -> Option<(usize, &'a [u8])> {
        let (length, bytes) = bytes.split_first_chunk()?;
        let (levels, bytes) = bytes.split_at_checked(u32::from_le_bytes(*length) as usize)?;
        let (start, valid) = (self.values.len(), &mut self.valid);
        let (mut seen, mut known) = (0, 0);
        let (most, every) = (self.rows, rows);
        each_run(levels, 1, rows, |run| {
            let some = match run {
                Run::Same(_, times) => times,
                Run::Keys(keys) => keys.len(),
            };
            let own = match run {
                Run::Same(level, times) => level as usize * times,
                Run::Keys(keys) => keys.iter().sum::<u32>() as usize,
            };
            if own < some && valid.is_none() {
                let mut all = BooleanBufferBuilder::new(most);
                all.append_n(start + seen, true);
                *valid = Some(all);
            }
            if let Some(valid) = valid {
                match run {
                    Run::Same(level, times) => valid.append_n(times, level == 1),
                    Run::Keys(keys) => keys.iter().for_each(|&level| valid.append(level == 1)),
                }
            }
            seen += some;
            known += own;
        })?;
        (seen == every).then_some((known, bytes))
    }

    /// Moves the values of a page, which stand one after another from `start` on, to the rows that
    /// have one.
    fn spread(&mut self, start: usize, rows: usize) {
        let Some(valid) = &self.valid else { return };
        let mut from = self.values.len();
        self.values.resize(start + rows, T::default());
        for row in (start..start + rows).rev() {
            if valid.get_bit(row) {
                from -= 1;
                self.values[row] = self.values[from];
            }
        }
    }

    /// The values, if there is one for each row.
    fn end(self) -> Option<Values<T>> {
        let nulls = self.valid.map(|mut valid| NullBuffer::new(valid.finish()));
        (self.values.len() == self.rows).then(|| Values { values: ScalarBuffer::from(self.values), nulls })
    }
}

/// Texts with their lengths before them, and room for some more: ids of customers are taken as they are
/// here, and those of the bucket's next row group are put after them. Room that is not filled costs nothing.
fn plain_texts(mut bytes: &[u8], count: usize) -> Option<StringArray> {
    let length = bytes.len().saturating_sub(count * size_of::<u32>());
    let mut ends = Vec::with_capacity(count + count / SPARE + 1);
    let mut texts = Vec::with_capacity(length + length / SPARE);
    ends.push(0);
    for _ in 0..count {
        let (length, rest) = bytes.split_first_chunk()?;
        let (text, rest) = rest.split_at_checked(u32::from_le_bytes(*length) as usize)?;
        texts.extend_from_slice(text);
        ends.push(i32::try_from(texts.len()).ok()?);
        bytes = rest;
    }
    StringArray::try_new(OffsetBuffer::new(ScalarBuffer::from(ends)), Buffer::from_vec(texts), None).ok()
}

/// A piece of a file in memory, at the place where it lies in the file.
struct Piece {
    start: u64,
    bytes: Bytes,
}

impl Piece {
    fn bytes_at(&self, place: u64, length: Option<usize>) -> Result<Bytes> {
        let start = place.checked_sub(self.start).and_then(|start| usize::try_from(start).ok());
        let end = |start: usize| length.map_or(Some(self.bytes.len()), |length| start.checked_add(length));
        let range = start.and_then(|start| Some(start..end(start)?));
        let range = range.filter(|range| range.start <= range.end && range.end <= self.bytes.len());
        let range = range.ok_or_else(|| ParquetError::EOF("a page lies outside of its column".to_owned()))?;
        Ok(self.bytes.slice(range))
    }
}

impl Length for Piece {
    fn len(&self) -> u64 {
        self.start + self.bytes.len() as u64
    }
}

impl ChunkReader for Piece {
    type T = Cursor<Bytes>;

    fn get_read(&self, start: u64) -> Result<Cursor<Bytes>> {
        self.bytes_at(start, None).map(Cursor::new)
    }

    fn get_bytes(&self, start: u64, length: usize) -> Result<Bytes> {
        self.bytes_at(start, Some(length))
    }
}
