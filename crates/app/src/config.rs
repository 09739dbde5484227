//! What the environment says, besides what stands in for a flag.

/// The password for a MySQL or MariaDB address that names none, as that database's own programs
/// take it. What PostgreSQL's take (`PGPASSWORD`, `~/.pgpass`) its driver looks for itself.
pub fn mysql_password() -> Option<String> {
    std::env::var("MYSQL_PWD").ok()
}
