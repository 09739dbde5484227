//! The store through its public door, on SQLite and, where `DOLKA_TEST_POSTGRES` names a server,
//! on PostgreSQL (`eval "$(.ci/postgres start)"`).

mod bed;
mod samples;

mod base;
mod compactions;
mod contacts;
mod crashes;
mod imports;
mod links;
mod lost_connections;
mod mappings;
mod opening;
mod personal;
mod queries;
mod undo;
mod tags;
mod reviews;
mod cards;
mod competitors;
