//! What can go wrong, by what the caller can do about it.

pub type Result<T> = std::result::Result<T, Error>;

#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The place is wrong, closed to us or down: correct it or wait, then try again.
    #[error("cannot reach the state: {cause}; check its path or URL and that it may be read and written")]
    Unreachable { cause: String },
    /// Others hold it: the same call may succeed a little later. Nothing was written.
    #[error("the state is busy: {cause}; try again")]
    Busy { cause: String },
    /// Make room, then try again. Nothing was written.
    #[error("no room is left for the state: {cause}; free some space and try again")]
    Full { cause: String },
    /// Use the newer program.
    #[error(
        "a newer version of the program wrote the state (step {found}, known is {known}); update this one"
    )]
    Newer { found: i64, known: i64 },
    /// The database under the state is too old to be trusted or is none of ours.
    #[error("cannot keep the state here: {cause}")]
    Unsuitable { cause: String },
    /// The disk or the file failed. Nothing is acknowledged any more by this `Store`: look at the
    /// disk, start the program again, restore from a backup if that fails too.
    #[error("the state is damaged or its disk fails: {cause}; check the disk, then start the program again")]
    Corrupt { cause: String },
    /// The connection broke while the change was being kept: it is there whole, or not at all.
    /// Look (an import: by its key), or repeat the call where repeating is harmless, as it is for
    /// an import with the same key.
    #[error("it is not known whether the change was kept: {cause}; look before repeating it")]
    Unknown { cause: String },
    /// There is no such thing.
    #[error("there is no {what} `{name}`")]
    NotFound { what: &'static str, name: String },
    #[error("import `{import}` is undone already")]
    AlreadyUndone { import: i64 },
    /// Its own files were compacted and the old ones forgotten.
    #[error("import `{import}` cannot be undone: its files were compacted and the old ones are gone")]
    Sealed { import: i64 },
    /// The base changed since this was prepared: prepare it again.
    #[error("the base has changed meanwhile: {cause}; prepare it again")]
    Stale { cause: String },
    /// The call cannot succeed as it is.
    #[error("cannot be kept: {cause}")]
    Invalid { cause: String },
}

impl Error {
    /// What an error of the database means to the caller.
    pub(crate) fn from_sqlx(error: &sqlx::Error) -> Error {
        let cause = error.to_string();
        match error {
            sqlx::Error::Database(inner) => {
                let code = inner.code().unwrap_or_default().into_owned();
                if inner.try_downcast_ref::<sqlx::sqlite::SqliteError>().is_some() {
                    Error::from_sqlite(code.parse().unwrap_or(0), cause)
                } else {
                    Error::from_postgres(&code, cause)
                }
            }
            sqlx::Error::PoolTimedOut => Error::Busy { cause: "no connection became free in time".into() },
            sqlx::Error::Io(_)
            | sqlx::Error::Tls(_)
            | sqlx::Error::Protocol(_)
            | sqlx::Error::Configuration(_)
            | sqlx::Error::PoolClosed
            | sqlx::Error::BeginFailed => Error::Unreachable { cause },
            // The rest are rows that do not read as what this program writes.
            _ => Error::Corrupt { cause },
        }
    }

    /// By primary result code, the low byte of the extended one.
    fn from_sqlite(code: i64, cause: String) -> Error {
        match code & 0xff {
            // SQLITE_BUSY, SQLITE_LOCKED, SQLITE_PROTOCOL (a race for the lock that was lost often).
            5 | 6 | 15 => Error::Busy { cause },
            // SQLITE_NOMEM, SQLITE_INTERRUPT.
            7 | 9 => Error::Busy { cause },
            // SQLITE_PERM, SQLITE_READONLY, SQLITE_CANTOPEN, SQLITE_AUTH.
            3 | 8 | 14 | 23 => Error::Unreachable { cause },
            // SQLITE_FULL.
            13 => Error::Full { cause },
            // SQLITE_TOOBIG, SQLITE_CONSTRAINT.
            18 | 19 => Error::Invalid { cause },
            // SQLITE_IOERR, SQLITE_CORRUPT, SQLITE_NOTADB, and whatever else should not happen.
            _ => Error::Corrupt { cause },
        }
    }

    fn from_postgres(code: &str, cause: String) -> Error {
        match code {
            // Lock timeout, deadlock, serialization failure, too many connections.
            "55P03" | "40P01" | "40001" | "53300" => Error::Busy { cause },
            "53100" => Error::Full { cause },
            // I/O error of the server, damaged data, damaged index.
            "58030" | "XX001" | "XX002" => Error::Corrupt { cause },
            _ => match code.get(..2) {
                // Data (a zero character in a text, say), integrity constraint, program limit exceeded.
                Some("22" | "23" | "54") => Error::Invalid { cause },
                Some("53") => Error::Busy { cause },
                // Connection, authorisation, no such database or schema, shutdown, read only, no privilege.
                _ => Error::Unreachable { cause },
            },
        }
    }

    /// What an error of `COMMIT` means: only an answer of the server itself says that the change
    /// was not kept.
    pub(crate) fn from_commit(error: &sqlx::Error) -> Error {
        match error {
            sqlx::Error::Database(inner) => {
                // Shutdown and crash can overtake the answer to a commit that is on disk already.
                let overtaken = inner.code().is_some_and(|code| code.starts_with("57P"));
                match Error::from_sqlx(error) {
                    Error::Corrupt { cause } => Error::Unknown { cause },
                    known if !overtaken => known,
                    other => Error::Unknown { cause: other.to_string() },
                }
            }
            _ => Error::Unknown { cause: error.to_string() },
        }
    }

    /// Whether the database has shown that it cannot be trusted: a failed sync is never retried,
    /// because the system forgets the pages that it could not write.
    pub(crate) fn poisons(error: &sqlx::Error) -> bool {
        matches!(Error::from_sqlx(error), Error::Corrupt { .. })
    }
}

#[cfg(test)]
mod tests {
    use super::Error;

    /// First word of an error as `Debug` shows it.
    fn name(error: &Error) -> String {
        format!("{error:?}").split(' ').next().unwrap_or_default().to_owned()
    }

    #[test]
    fn codes_of_sqlite_say_what_to_do() {
        // Extended codes carry the primary one in their low byte.
        for (code, expected) in [
            (5, "Busy"),
            (517, "Busy"),
            (14, "Unreachable"),
            (8, "Unreachable"),
            (1032, "Unreachable"),
            (13, "Full"),
            (1555, "Invalid"),
            (778, "Corrupt"),
            (1034, "Corrupt"),
            (11, "Corrupt"),
            (26, "Corrupt"),
        ] {
            assert_eq!(name(&Error::from_sqlite(code, String::new())), expected, "{code}");
        }
    }

    #[test]
    fn codes_of_postgres_say_what_to_do() {
        for (code, expected) in [
            ("55P03", "Busy"),
            ("40P01", "Busy"),
            ("53300", "Busy"),
            ("53100", "Full"),
            ("22021", "Invalid"),
            ("23505", "Invalid"),
            ("54000", "Invalid"),
            ("58030", "Corrupt"),
            ("XX001", "Corrupt"),
            ("28P01", "Unreachable"),
            ("3D000", "Unreachable"),
            ("57P03", "Unreachable"),
            ("25006", "Unreachable"),
        ] {
            assert_eq!(name(&Error::from_postgres(code, String::new())), expected, "{code}");
        }
    }

    #[test]
    fn a_commit_without_an_answer_is_unknown() {
        let broken = sqlx::Error::Io(std::io::ErrorKind::ConnectionReset.into());
        assert_eq!(name(&Error::from_commit(&broken)), "Unknown");
        assert_eq!(name(&Error::from_commit(&sqlx::Error::WorkerCrashed)), "Unknown");
        assert!(!Error::poisons(&broken));
        assert!(Error::poisons(&sqlx::Error::WorkerCrashed));
    }
}
