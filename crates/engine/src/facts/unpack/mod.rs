//! Keys of a Parquet page as numbers: runs of one key, and keys packed into as few bits as they need.

/// Keys that are unpacked at a time.
pub const BLOCK: usize = 256;
/// Bits of the widest keys that are unpacked; wider ones are left to the Parquet crate.
pub const WIDTH_MAX: u8 = 24;
/// Keys that share whole bytes.
const GROUP: usize = 8;
/// Bytes that are looked at for one key.
const WORD: usize = size_of::<u64>();

/// Some keys of a page, in order.
pub enum Run<'a> {
    /// One key so many times.
    Same(u32, usize),
    /// Different ones, at most [`BLOCK`].
    Keys(&'a [u32]),
}

/// Hands on the keys of the hybrid of runs and bits that Parquet calls RLE, `count` of them, each of
/// `width` bits. `None` where bytes are missing or keys are too wide.
pub fn each_run(mut bytes: &[u8], width: u8, count: usize, mut each: impl FnMut(Run<'_>)) -> Option<()> {
    if width > WIDTH_MAX {
        return None;
    }
    let mut keys = [0_u32; BLOCK];
    let mut left = count;
    while left > 0 {
        let header = number(&mut bytes)?;
        let length = usize::try_from(header >> 1).ok()?;
        if header & 1 == 0 {
            let (key, rest) = bytes.split_at_checked(usize::from(width).div_ceil(8))?;
            bytes = rest;
            let key = key.iter().rev().fold(0, |key, &byte| (key << 8) | u32::from(byte));
            let own = length.min(left);
            if own == 0 {
                return None;
            }
            each(Run::Same(key, own));
            left -= own;
            continue;
        }
        let room = length.checked_mul(usize::from(width))?;
        let own = length.checked_mul(GROUP)?.min(left);
        let (packed, rest) = bytes.split_at_checked(room)?;
        let mut done = 0;
        while done < own {
            let some = (own - done).min(BLOCK);
            // What lies behind the run is not looked at as keys, only read with them.
            unpack(
                width,
                &bytes[done / GROUP * usize::from(width)..],
                &mut keys[..some.next_multiple_of(GROUP)],
            );
            each(Run::Keys(&keys[..some]));
            done += some;
        }
        if own == 0 || (packed.is_empty() && width > 0) {
            return None;
        }
        bytes = rest;
        left -= own;
    }
    Some(())
}

/// A number of as many bytes as it needs, seven bits in each.
fn number(bytes: &mut &[u8]) -> Option<u64> {
    let mut number = 0;
    for place in 0..5 {
        let (&byte, rest) = bytes.split_first()?;
        *bytes = rest;
        number |= u64::from(byte & 0x7f) << (7 * place);
        if byte < 0x80 {
            return Some(number);
        }
    }
    None
}

/// Fills whole groups of keys.
fn unpack(width: u8, bytes: &[u8], keys: &mut [u32]) {
    macro_rules! by_width {
        ($($width:literal)*) => {
            match width {
                $($width => unpack_width::<$width>(bytes, keys),)*
                _ => keys.fill(0),
            }
        };
    }
    by_width!(1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24);
}

fn unpack_width<const WIDTH: usize>(bytes: &[u8], keys: &mut [u32]) {
    for (group, keys) in keys.as_chunks_mut::<GROUP>().0.iter_mut().enumerate() {
        let start = group * WIDTH;
        if let Some(window) = bytes.get(start..start + WIDTH + WORD) {
            *keys = unpack_group::<WIDTH>(window);
        } else {
            // The last bytes of a page: as if zeros followed.
            let mut window = [0; WIDTH_MAX as usize + WORD];
            let rest = &bytes[start.min(bytes.len())..];
            let rest = &rest[..rest.len().min(WIDTH)];
            window[..rest.len()].copy_from_slice(rest);
            *keys = unpack_group::<WIDTH>(&window[..WIDTH + WORD]);
        }
    }
}

/// Eight keys. Every one begins somewhere in a byte and ends within the seven that follow.
#[inline(always)]
fn unpack_group<const WIDTH: usize>(window: &[u8]) -> [u32; GROUP] {
    std::array::from_fn(|place| {
        let bit = place * WIDTH;
        let word = window[bit / 8..bit / 8 + WORD].first_chunk().map_or(0, |word| u64::from_le_bytes(*word));
        (word >> (bit % 8)) as u32 & ((1 << WIDTH) - 1)
    })
}

#[cfg(test)]
mod tests;
