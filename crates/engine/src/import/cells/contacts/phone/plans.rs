//! How phone numbers are built in the countries this product meets.
//!
//! Facts from the national numbering plans as published by ITU-T (E.164), and from Russia's
//! and Kazakhstan's shared plan; only lengths and leading digits, not every range in use.

use std::ops::RangeInclusive;

/// The numbering plan of one country.
#[derive(Debug)]
pub(super) struct Plan {
    /// ISO 3166-1 codes of the regions that dial by it.
    pub regions: &'static [&'static str],
    pub country_code: &'static str,
    /// Digits of a national number.
    pub digits: RangeInclusive<usize>,
    /// What national numbers begin with; empty for anything.
    pub leading: &'static [&'static str],
    /// What numbers written without country code and trunk prefix begin with; empty as `leading`.
    pub bare: &'static [&'static str],
    /// What is dialled before a national number inside the country.
    pub trunk: &'static [&'static str],
}

/// Leading digits in Russia: 3, 4, 80 to 87 and 9; 7 is Kazakhstan's part of the plan.
const RUSSIAN: &[&str] = &["3", "4", "80", "81", "82", "83", "84", "85", "86", "87", "9"];
const RUSSIAN_AND_KAZAKH: &[&str] = &["3", "4", "7", "80", "81", "82", "83", "84", "85", "86", "87", "9"];

/// Plans that are checked; numbers of other countries need a plus and are checked for length.
#[rustfmt::skip]
pub(super) const PLANS: &[Plan] = &[
    Plan { regions: &["RU"], country_code: "7", digits: 10..=10,
        leading: RUSSIAN_AND_KAZAKH, bare: RUSSIAN, trunk: &["8"] },
    Plan { regions: &["KZ"], country_code: "7", digits: 10..=10,
        leading: RUSSIAN_AND_KAZAKH, bare: &["7"], trunk: &["8"] },
    Plan { regions: &["LV"], country_code: "371", digits: 8..=8,
        leading: &["2", "6", "78", "8", "90"], bare: &[], trunk: &[] },
    Plan { regions: &["ES"], country_code: "34", digits: 9..=9,
        leading: &["6", "7", "8", "9"], bare: &[], trunk: &[] },
    Plan { regions: &["AD"], country_code: "376", digits: 6..=9,
        leading: &["1", "3", "6", "7", "8"], bare: &[], trunk: &[] },
    Plan { regions: &["LT"], country_code: "370", digits: 8..=8,
        leading: &["3", "4", "5", "6", "7", "8", "9"], bare: &[], trunk: &["8", "0"] },
    Plan { regions: &["EE"], country_code: "372", digits: 7..=8,
        leading: &["3", "4", "5", "6", "7", "8", "9"], bare: &[], trunk: &[] },
    Plan { regions: &["BY"], country_code: "375", digits: 9..=9,
        leading: &["1", "2", "3", "4", "8", "9"], bare: &[], trunk: &["80", "8"] },
    Plan { regions: &["UA"], country_code: "380", digits: 9..=9,
        leading: &["3", "4", "5", "6", "7", "8", "9"], bare: &[], trunk: &["0"] },
    Plan { regions: &["FR"], country_code: "33", digits: 9..=9,
        leading: &["1", "2", "3", "4", "5", "6", "7", "8", "9"], bare: &[], trunk: &["0"] },
    Plan { regions: &["US", "CA"], country_code: "1", digits: 10..=10,
        leading: &["2", "3", "4", "5", "6", "7", "8", "9"], bare: &[], trunk: &["1"] },
];

/// Country codes in use, E.164, without those of [`PLANS`].
const OTHER_CODES: &[&str] = &[
    "20", "211", "212", "213", "216", "218", "220", "221", "222", "223", "224", "225", "226", "227", "228",
    "229", "230", "231", "232", "233", "234", "235", "236", "237", "238", "239", "240", "241", "242", "243",
    "244", "245", "246", "248", "249", "250", "251", "252", "253", "254", "255", "256", "257", "258", "260",
    "261", "262", "263", "264", "265", "266", "267", "268", "269", "27", "290", "291", "297", "298", "299",
    "30", "31", "32", "350", "351", "352", "353", "354", "355", "356", "357", "358", "359", "36", "373",
    "374", "377", "378", "381", "382", "383", "385", "386", "387", "389", "39", "40", "41", "420", "421",
    "423", "43", "44", "45", "46", "47", "48", "49", "500", "501", "502", "503", "504", "505", "506", "507",
    "508", "509", "51", "52", "53", "54", "55", "56", "57", "58", "590", "591", "592", "593", "594", "595",
    "596", "597", "598", "599", "60", "61", "62", "63", "64", "65", "66", "670", "672", "673", "674", "675",
    "676", "677", "678", "679", "680", "681", "682", "683", "685", "686", "687", "688", "689", "690", "691",
    "692", "81", "82", "84", "850", "852", "853", "855", "856", "86", "880", "886", "90", "91", "92", "93",
    "94", "95", "960", "961", "962", "963", "964", "965", "966", "967", "968", "970", "971", "972", "973",
    "974", "975", "976", "977", "98", "992", "993", "994", "995", "996", "998",
];

/// Digits of a whole international number, country code included: E.164 allows 15 at most, and
/// no country has fewer than 7.
const INTERNATIONAL_DIGITS: RangeInclusive<usize> = 7..=15;

impl Plan {
    /// The plan of a region, ISO 3166-1 in upper case.
    pub(super) fn of_region(region: &str) -> Option<&'static Plan> {
        PLANS.iter().find(|plan| plan.regions.contains(&region))
    }

    /// Whether digits are a national number of this plan.
    fn holds(&self, national: &str) -> bool {
        self.digits.contains(&national.len()) && begins(national, self.leading)
    }

    /// The international number of digits written without a plus: a bare national number, or
    /// one behind the trunk prefix or the country code. `None` where none or several fit.
    pub(super) fn international(&self, digits: &str) -> Option<String> {
        let bare = if self.bare.is_empty() { self.leading } else { self.bare };
        let national = Some(digits).filter(|digits| self.holds(digits) && begins(digits, bare));
        let prefixed = |prefix: &&str| digits.strip_prefix(*prefix).filter(|rest| self.holds(rest));
        let behind_trunk = self.trunk.iter().find_map(prefixed);
        let behind_code = prefixed(&self.country_code);
        let mut readings = [national, behind_trunk, behind_code].into_iter().flatten();
        let reading = readings.next()?;
        readings.all(|other| other == reading).then(|| format!("+{}{reading}", self.country_code))
    }
}

fn begins(digits: &str, with: &[&str]) -> bool {
    with.is_empty() || with.iter().any(|start| digits.starts_with(start))
}

/// Whether digits behind a plus can be called: the country exists, and length and beginning fit.
pub(super) fn is_international(digits: &str) -> bool {
    let of_plan = |plan: &&Plan| digits.starts_with(plan.country_code);
    // No country code begins with another one, so at most one plan's code fits.
    match PLANS.iter().find(of_plan) {
        Some(plan) => plan.holds(&digits[plan.country_code.len()..]),
        None => {
            INTERNATIONAL_DIGITS.contains(&digits.len())
                && OTHER_CODES.iter().any(|code| digits.starts_with(code))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_country_code_begins_with_another() {
        let codes: Vec<&str> =
            PLANS.iter().map(|plan| plan.country_code).chain(OTHER_CODES.iter().copied()).collect();
        for code in &codes {
            let begun = codes.iter().filter(|other| code.starts_with(**other) && code != *other);
            assert_eq!(begun.count(), 0, "{code}");
        }
    }
}
