//! Programs that are killed and disks that fail: after each fault the base is as before or as after,
//! what was acknowledged is there, and the next writer goes on.

mod bed;
mod strace;
mod kills;
mod errors;
mod postgres;
