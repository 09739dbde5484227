//! The program `dolka`.

fn main() {}
