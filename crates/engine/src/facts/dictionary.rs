//! Texts that repeat from line to line (products, categories, channels), kept once while lines wait.

use hashbrown::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// Texts of one import that are kept once; what comes beyond is kept with its line.
const TEXTS_MAX: usize = 1 << 18;
/// Bytes of these texts at most.
const BYTES_MAX: usize = 32 << 20;

/// The texts of one import, shared by the threads that clean.
#[derive(Default)]
pub struct Dictionary(Mutex<Known>);

#[derive(Default)]
struct Known {
    codes: HashMap<Arc<str>, u32>,
    texts: Vec<Arc<str>>,
    bytes: usize,
}

impl Dictionary {
    /// All texts so far; a text's code is its place.
    pub fn texts(&self) -> Vec<Arc<str>> {
        self.lock().texts.clone()
    }

    fn lock(&self) -> MutexGuard<'_, Known> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// One thread's way to the codes of texts: it asks the others only for what it has not met yet.
pub struct Coder<'a> {
    dictionary: &'a Dictionary,
    met: HashMap<Arc<str>, u32>,
    full: bool,
}

impl<'a> Coder<'a> {
    pub fn new(dictionary: &'a Dictionary) -> Coder<'a> {
        Coder { dictionary, met: HashMap::new(), full: false }
    }

    /// The code of a text; `None` for a new one where the dictionary is full. Which texts have codes
    /// may depend on who came first, so nothing that comes out may depend on codes.
    pub fn code(&mut self, text: &str) -> Option<u32> {
        if let Some(&code) = self.met.get(text) {
            return Some(code);
        }
        if self.full {
            return None;
        }
        let mut known = self.dictionary.lock();
        let (text, code) = match known.codes.get_key_value(text) {
            Some((text, &code)) => (text.clone(), code),
            None if known.texts.len() >= TEXTS_MAX || known.bytes + text.len() > BYTES_MAX => {
                self.full = true;
                return None;
            }
            None => {
                let (text, code) = (Arc::<str>::from(text), known.texts.len() as u32);
                known.bytes += text.len();
                known.texts.push(text.clone());
                known.codes.insert(text.clone(), code);
                (text, code)
            }
        };
        self.met.insert(text, code);
        Some(code)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn threads_agree_on_codes() {
        let dictionary = Dictionary::default();
        let (mut one, mut other) = (Coder::new(&dictionary), Coder::new(&dictionary));
        assert_eq!((one.code("tea"), one.code("milk"), other.code("milk")), (Some(0), Some(1), Some(1)));
        assert_eq!((other.code("bread"), one.code("bread"), one.code("tea")), (Some(2), Some(2), Some(0)));
        assert_eq!(
            dictionary.texts().iter().map(|text| &**text).collect::<Vec<_>>(),
            ["tea", "milk", "bread"]
        );
    }

    #[test]
    fn a_full_dictionary_takes_no_more() {
        let dictionary = Dictionary::default();
        let mut coder = Coder::new(&dictionary);
        let long = "x".repeat(BYTES_MAX - 3);
        assert_eq!((coder.code(&long), coder.code("tea"), coder.code("milk")), (Some(0), Some(1), None));
        assert_eq!((coder.code("tea"), Coder::new(&dictionary).code("tea")), (Some(1), Some(1)));
    }
}
