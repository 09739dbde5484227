//! Programs that are killed, disks that fail, power that is lost: after each fault the base is as
//! before or as after, what was acknowledged is there, and the next writer goes on.

mod bed;
mod strace;
mod kills;
mod errors;
mod disk;
mod log;
mod power;
mod postgres;
